import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { PageForms } from '#components/form/page-forms.tsx'
import { CanonicalAddressNotice } from '#components/shell/canonical-address-notice.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { getActor } from '#lib/auth/actor.ts'
import { EMAIL_TAKEN_TEXT, PASSWORD_RULES } from '#lib/auth/policy.ts'
import { newSubmissionId } from '#lib/auth/session/double-submission.ts'
import { getCanonicalAddress } from '#lib/gate/same-origin.ts'
import { getVisitorMessage } from '#lib/http/flash-message.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'
import { SignUpForm } from './sign-up-form.tsx'

export default async function SignUpPage({ searchParams }: PageProps<'/signup'>) {
  const { next: wanted, sent } = await searchParams
  const next = safeRedirect(wanted)
  if (await getActor()) redirect(next)
  const email = sent === undefined ? null : await getVisitorMessage('signed-up')
  if (email) return <CheckEmail email={email} />
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
        <SignUpForm
          next={next}
          submission={newSubmissionId()}
          texts={{ passwordRules: PASSWORD_RULES, emailTaken: EMAIL_TAKEN_TEXT }}
        />
      </FormColumn>
    </PageForms>
  )
}

/** The same whether the address has an account or not. */
function CheckEmail({ email }: { email: string }) {
  return (
    <PageForms returned={null}>
      <SignedOutHeader />
      <FormColumn
        heading="Check your email"
        intro={
          <p className="wrap-anywhere">
            We’re sending an email to {email}. Open the link in it within a day to continue.
          </p>
        }
        footer={
          <p>
            Nothing after a few minutes? Check your spam folder and the spelling, then{' '}
            <TextLink href="/signup">sign up again</TextLink>.
          </p>
        }
      >
        <title>Check your email – Taskward</title>
        <LinkButton href="/login" variant="quiet">
          Log in
        </LinkButton>
      </FormColumn>
    </PageForms>
  )
}
