import { ButtonForm } from '#components/form/button-form.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { cancelEmailChangeAction, resendChangeLinkAction } from './actions.ts'

/** On the profile, until the link is used. */
export function PendingEmailChange({ email, isResent }: { email: string; isResent: boolean }) {
  return (
    <section className="mb-8">
      <PageNotice>
        We sent a link to {email}
        {isResent && ' again'}. Your email changes when you use it. Nothing after a few minutes? Check your
        spam folder and the spelling.
      </PageNotice>
      <div className="flex flex-wrap gap-2">
        <ButtonForm action={resendChangeLinkAction} name="resend-change-link" pendingText="Sending…">
          Send the link again
        </ButtonForm>
        <ButtonForm action={cancelEmailChangeAction} name="cancel-email-change" pendingText="Cancelling…">
          Cancel the change
        </ButtonForm>
      </div>
    </section>
  )
}
