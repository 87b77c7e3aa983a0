import { redirect } from 'next/navigation'
import { ButtonForm } from '#components/form/button-form.tsx'
import { PageForms } from '#components/form/page-forms.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { getLinkToken } from '#lib/http/link-cookie.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { DeadLink } from '../dead-link.tsx'
import { secureAccountAction } from './actions.ts'

/** The link's address led here with its secret in a cookie. */
export default async function SecureAccountPage() {
  const token = await getLinkToken()
  const purposes = ['secure_account', 'reset_password'] as const
  const owner = token === undefined ? null : await getLinkOwner({ token, purposes, now: new Date() })
  // The form was sent twice, or the browser has gone back: the account is secured.
  if (owner?.purpose === 'reset_password') redirect('/reset-password')
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      {owner ? (
        <FormColumn
          heading="Secure your account"
          intro={
            <>
              <title>Secure your account – Taskward</title>
              <p className="wrap-anywhere">
                For {owner.email}. Do this if something we emailed you about wasn’t you.
              </p>
              <ul className="mt-3 grid list-disc gap-2 pl-5">
                <li>Everyone is logged out, on every device.</li>
                <li>The current password stops working immediately.</li>
                <li>Changes that wait are cancelled, such as a deletion of the account.</li>
                <li>You choose a new password.</li>
              </ul>
            </>
          }
        >
          <ButtonForm
            action={secureAccountAction}
            name="secure-account"
            variant="primary"
            pendingText="Securing account…"
          >
            Secure my account
          </ButtonForm>
        </FormColumn>
      ) : (
        <DeadLink
          isMissing={token === undefined}
          explanation="A link works once, for a week, and ends when the account’s password is reset by email or its email address changes. If you can’t log in, choose a new password."
          forgotPassword="Choose a new password"
        />
      )}
    </PageForms>
  )
}
