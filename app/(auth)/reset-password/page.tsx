import { PageForms } from '#components/form/page-forms.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import type { LinkOwner } from '#lib/auth/links/find-link.ts'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { PASSWORD_PURPOSES } from '#lib/auth/policy.ts'
import { getLinkToken } from '#lib/http/link-cookie.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { DeadLink } from '../dead-link.tsx'
import { ResetPasswordForm } from './reset-password-form.tsx'

/** The link's address led here with its secret in a cookie. */
export default async function ResetPasswordPage() {
  const token = await getLinkToken()
  const sought = { purposes: PASSWORD_PURPOSES, now: new Date() }
  const owner = token === undefined ? null : await getLinkOwner({ token, ...sought })
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      {owner ? (
        <FormColumn
          heading="Choose a new password"
          intro={
            <p className="wrap-anywhere">
              For {owner.email}. {describeEffect(owner)}
            </p>
          }
        >
          <ResetPasswordForm email={owner.email} name={owner.name} />
        </FormColumn>
      ) : (
        <DeadLink
          isMissing={token === undefined}
          explanation="A link works once, for an hour, until you log in or ask for a newer one. If you have just saved a new password, log in with it."
          forgotPassword="Get a new link"
        />
      )}
    </PageForms>
  )
}

function describeEffect({ purpose, hasPassword }: LinkOwner): string {
  if (purpose === 'claim_account') return 'This deletes the old account with everything in it.'
  if (hasPassword) return 'This logs out all your devices.'
  return 'All devices are logged out, and the old password no longer works.'
}
