import { PageForms } from '#components/form/page-forms.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { getResetLinkOwner } from '#lib/auth/recovery/get-reset-link-owner.ts'
import { getLinkToken } from '#lib/http/link-cookie.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { ResetPasswordForm } from './reset-password-form.tsx'

/** The link's address led here with its secret in a cookie. */
export default async function ResetPasswordPage() {
  const token = await getLinkToken()
  const owner = token === undefined ? null : await getResetLinkOwner(token, new Date())
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      {owner ? (
        <FormColumn
          heading="Choose a new password"
          intro={<p className="wrap-anywhere">For {owner.email}. This logs out all your devices.</p>}
        >
          <ResetPasswordForm email={owner.email} name={owner.name} />
        </FormColumn>
      ) : (
        <FormColumn
          heading={token === undefined ? 'Open the link in the email again' : 'This link no longer works'}
        >
          <title>{`${token === undefined ? 'Open the link again' : 'This link no longer works'} – Taskward`}</title>
          <p className="mb-6 text-quiet">
            {token === undefined
              ? 'This page opens from a link that we emailed you. If the link leads here too, copy its whole address from the email, and allow cookies for this site.'
              : 'A link works once, for an hour, until you log in or ask for a newer one. If you have just saved a new password, log in with it.'}
          </p>
          <div className="flex flex-wrap gap-2">
            <LinkButton href="/forgot-password">Get a new link</LinkButton>
            <LinkButton href="/login" variant="quiet">
              Log in
            </LinkButton>
          </div>
        </FormColumn>
      )}
    </PageForms>
  )
}
