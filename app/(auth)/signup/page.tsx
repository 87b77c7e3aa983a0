import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { PageForms } from '#components/form/page-forms.tsx'
import { CanonicalAddressNotice } from '#components/shell/canonical-address-notice.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { getActor } from '#lib/auth/actor.ts'
import { newSubmissionId } from '#lib/auth/session/double-submission.ts'
import { getCanonicalAddress } from '#lib/gate/same-origin.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'
import { SignUpForm } from './sign-up-form.tsx'

export default async function SignUpPage({ searchParams }: PageProps<'/signup'>) {
  const next = safeRedirect((await searchParams).next)
  if (await getActor()) redirect(next)
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      <FormColumn
        heading="Create your account"
        footer={
          <p>
            Already have an account?{' '}
            <TextLink href={`/login?next=${encodeURIComponent(next)}`}>Log in</TextLink>
          </p>
        }
      >
        <CanonicalAddressNotice origin={getCanonicalAddress(await headers())} />
        <SignUpForm next={next} submission={newSubmissionId()} />
      </FormColumn>
    </PageForms>
  )
}
