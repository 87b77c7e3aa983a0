import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { PageForms } from '#components/form/page-forms'
import { FormColumn } from '#components/shell/form-column'
import { HomeAddress } from '#components/shell/home-address'
import { SiteHeader } from '#components/shell/site-header'
import { TextLink } from '#components/ui/text-link'
import { getActor } from '#lib/auth/actor'
import { homeAddress } from '#lib/auth/edge/same-origin'
import { newSubmissionId } from '#lib/auth/session/submission'
import { getReturnedForm } from '#lib/http/returned-form'
import { safeRedirect } from '#lib/http/safe-redirect'
import { SignUpForm } from './sign-up-form'

export default async function SignUpPage({ searchParams }: PageProps<'/signup'>) {
  const next = safeRedirect((await searchParams).next)
  if (await getActor()) redirect(next)
  return (
    <PageForms returned={await getReturnedForm()}>
      <SiteHeader />
      <FormColumn
        heading="Create your account"
        footer={
          <p>
            Have an account already?{' '}
            <TextLink href={`/login?next=${encodeURIComponent(next)}`}>Log in</TextLink>
          </p>
        }
      >
        <HomeAddress origin={homeAddress(await headers())} />
        <SignUpForm next={next} submission={newSubmissionId()} />
      </FormColumn>
    </PageForms>
  )
}
