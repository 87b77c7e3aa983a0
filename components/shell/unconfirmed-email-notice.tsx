/** `sent`: the link of the sign-up still works. */
export type UnconfirmedEmail = 'sent' | 'expired'

/** Without the address, which the header has. */
export function UnconfirmedEmailNotice({ state }: { state: UnconfirmedEmail }) {
  const isSent = state === 'sent'
  return (
    <p className="email-notice">
      {isSent ? 'We sent you a link to confirm your email. ' : 'Your email is not confirmed yet. '}
      <a href="/settings/confirm-email">{isSent ? 'Send again' : 'Send a link'}</a>{' '}
      <a href="/settings/profile/email">Change the address</a>
    </p>
  )
}
