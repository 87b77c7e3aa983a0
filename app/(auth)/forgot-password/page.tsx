import { headers } from 'next/headers'
import { PageForms } from '#components/form/page-forms.tsx'
import { CanonicalAddressNotice } from '#components/shell/canonical-address-notice.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { FocusedNotice } from '#components/ui/focused-notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { getCanonicalAddress } from '#lib/gate/same-origin.ts'
import { getVisitorMessage } from '#lib/http/flash-message.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { ForgotPasswordForm } from './forgot-password-form.tsx'

/** Also for a signed-in user, who needs the current password to change it. */
export default async function ForgotPasswordPage({ searchParams }: PageProps<'/forgot-password'>) {
  const isSent = (await searchParams).sent !== undefined
  const requestedFor = isSent ? await getVisitorMessage('link-requested') : null
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      <FormColumn
        heading="Reset your password"
        intro="We email you a link to choose a new one."
        footer={
          <p>
            Remembered it? <TextLink href="/login">Log in</TextLink>
          </p>
        }
      >
        <CanonicalAddressNotice origin={getCanonicalAddress(await headers())} />
        {requestedFor && (
          <FocusedNotice key={requestedFor}>
            If {requestedFor} has an account, we’re sending it a link that works for an hour. Nothing after a
            few minutes? Check your spam folder and the spelling, then ask again.
          </FocusedNotice>
        )}
        <ForgotPasswordForm key={String(requestedFor)} />
      </FormColumn>
    </PageForms>
  )
}
