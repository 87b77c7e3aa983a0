import { redirect } from 'next/navigation'
import { FormColumn } from '#components/shell/form-column'
import { SiteHeader } from '#components/shell/site-header'
import { TextLink } from '#components/ui/text-link'
import { getActor } from '#lib/auth/actor'
import { safeRedirect } from '#lib/http/safe-redirect'
import { LogInForm } from './log-in-form'

export default async function LogInPage({ searchParams }: PageProps<'/login'>) {
  const next = safeRedirect((await searchParams).next)
  if (await getActor()) redirect(next)
  return (
    <>
      <SiteHeader />
      <FormColumn
        heading="Log in"
        footer={
          <p>
            New here? <TextLink href={`/signup?next=${encodeURIComponent(next)}`}>Create account</TextLink>
          </p>
        }
      >
        <LogInForm next={next} />
      </FormColumn>
    </>
  )
}
