import { usePageForms } from '#components/form/page-forms.tsx'

/** `sent`: the link of the sign-up still works. */
export type UnconfirmedEmail = 'sent' | 'expired'

export function UnconfirmedEmailNotice({ state }: { state: UnconfirmedEmail }) {
  const { account } = usePageForms()
  const isSent = state === 'sent'
  return (
    <p className="email-notice">
      {isSent ? `We sent a link to ${account?.email}. ` : `${account?.email} is not confirmed yet. `}
      <a href="/settings/confirm-email">{isSent ? 'Send again' : 'Send a link'}</a>{' '}
      <a href="/settings/profile/email">Change the address</a>
    </p>
  )
}
