import { redirect } from 'next/navigation'
import { ButtonForm } from '#components/form/button-form.tsx'
import { PageForms } from '#components/form/page-forms.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { getUndoableChange } from '#lib/auth/email-change/undo-email-change.ts'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { EMAIL_UNDO_HOURS } from '#lib/auth/policy.ts'
import { getLinkToken } from '#lib/http/link-cookie.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { DeadLink } from '../dead-link.tsx'
import { undoEmailChangeAction } from './actions.ts'

/** The link's address led here with its secret in a cookie. It works without a log-in: a thief may have the account. */
export default async function UndoEmailChangePage() {
  const token = await getLinkToken()
  const change = token === undefined ? null : await getUndoableChange(token, new Date())
  // The form was sent twice, or the browser has gone back: the change is undone.
  if (!change && (await holdsResetLink(token))) redirect('/reset-password')
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      {change ? (
        <FormColumn
          heading="Undo the change of your email"
          intro={
            <p className="wrap-anywhere">
              Your account gets {change.former} back as its email, in place of {change.present}. All devices
              are logged out, and you choose a new password.
            </p>
          }
        >
          <title>Undo the change of your email – Taskward</title>
          <ButtonForm
            action={undoEmailChangeAction}
            name="undo-email-change"
            variant="primary"
            pendingText="Undoing…"
          >
            Undo the change
          </ButtonForm>
        </FormColumn>
      ) : (
        <DeadLink
          isMissing={token === undefined}
          explanation={`A link works once, for ${EMAIL_UNDO_HOURS} hours. If you have just undone the change, choose a new password.`}
          forgotPassword="Reset your password"
        />
      )}
    </PageForms>
  )
}

async function holdsResetLink(token: string | undefined): Promise<boolean> {
  const purposes = ['reset_password'] as const
  return token !== undefined && (await getLinkOwner({ token, purposes, now: new Date() })) !== null
}
