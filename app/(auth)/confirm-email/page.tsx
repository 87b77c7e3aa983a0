import type { ReactNode } from 'react'
import { ButtonForm } from '#components/form/button-form.tsx'
import { PageForms } from '#components/form/page-forms.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { getActor } from '#lib/auth/actor.ts'
import { getConfirmationEmail } from '#lib/auth/confirmation/confirm-email.ts'
import { getVisitorMessage } from '#lib/http/flash-message.ts'
import { getLinkToken } from '#lib/http/link-cookie.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { confirmEmailAction } from './actions.ts'

/** The link's address led here with its secret in a cookie. Any browser may use it: none is logged in by it. */
export default async function ConfirmEmailPage() {
  const token = await getLinkToken()
  const email = token === undefined ? null : await getConfirmationEmail(token, new Date())
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      {email ? (
        <Column
          heading="Confirm your email"
          text={`This shows that ${email} is your address. If you don’t know why you got the link, close this page.`}
        >
          <ButtonForm
            action={confirmEmailAction}
            name="confirm-email"
            variant="primary"
            pendingText="Confirming…"
          >
            Confirm email
          </ButtonForm>
        </Column>
      ) : (
        <WithoutLink isMissing={token === undefined} />
      )}
    </PageForms>
  )
}

/** What to do when the link was used, or no longer works. */
async function WithoutLink({ isMissing }: { isMissing: boolean }) {
  const email = isMissing ? await getConfirmedEmail() : null
  if (email) {
    return (
      <Column heading="Email confirmed" text={`${email} is confirmed as your address.`}>
        <LinkButton href="/tasks">Go to your tasks</LinkButton>
      </Column>
    )
  }
  return (
    <Column
      heading={isMissing ? 'Open the link in the email again' : 'This link no longer works'}
      text={
        isMissing
          ? 'This page opens from a link that we emailed you. If the link leads here too, copy its whole address from the email, and allow cookies for this site.'
          : 'A link works once, for a day, until you ask for a newer one. If you have just confirmed your email, there is nothing left to do. Your profile shows whether it is confirmed, and sends a new link.'
      }
    >
      <LinkButton href="/settings/profile">Go to your profile</LinkButton>
    </Column>
  )
}

/** What this browser has just confirmed, or the address of its session. */
async function getConfirmedEmail(): Promise<string | null> {
  const confirmed = await getVisitorMessage('email-confirmed')
  if (confirmed) return confirmed
  const actor = await getActor()
  return actor?.emailConfirmedAt ? actor.email : null
}

function Column({ heading, text, children }: { heading: string; text: string; children: ReactNode }) {
  return (
    <FormColumn heading={heading} intro={<p className="wrap-anywhere">{text}</p>}>
      <title>{`${heading} – Taskward`}</title>
      {children}
    </FormColumn>
  )
}
