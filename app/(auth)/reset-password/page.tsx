import { PageForms } from '#components/form/page-forms.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { getLinkToken } from '#lib/http/link-cookie.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { DeadLink } from '../dead-link.tsx'
import { ResetPasswordForm } from './reset-password-form.tsx'

/** The link's address led here with its secret in a cookie. */
export default async function ResetPasswordPage() {
  const token = await getLinkToken()
  const purposes = ['reset_password'] as const
  const owner = token === undefined ? null : await getLinkOwner({ token, purposes, now: new Date() })
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      {owner ? (
        <FormColumn
          heading="Choose a new password"
          intro={
            <p className="wrap-anywhere">
              For {owner.email}.{' '}
              {owner.hasPassword
                ? 'This logs out all your devices.'
                : 'All devices are logged out, and the old password no longer works.'}
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
