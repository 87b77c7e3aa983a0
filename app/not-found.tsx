import { PageForms } from '#components/form/page-forms.tsx'
import { FormColumn } from '#components/shell/form-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { getActorIfPossible } from '#lib/auth/actor.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { SignedInPage } from './(app)/signed-in-page.tsx'

export default async function NotFound() {
  const actor = await getActorIfPossible()
  if (actor) {
    return (
      <SignedInPage actor={actor}>
        <PageNotFound link={{ href: '/tasks', text: 'Go to your tasks' }} />
      </SignedInPage>
    )
  }
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      <PageNotFound link={{ href: '/', text: 'Go to the start page' }} />
    </PageForms>
  )
}

function PageNotFound({ link }: { link: { href: string; text: string } }) {
  return (
    <>
      <title>Page not found – Taskward</title>
      <FormColumn heading="Page not found">
        <p className="text-quiet">
          There is no page at this address. It may have moved, or the link is incomplete.
        </p>
        <LinkButton href={link.href} className="mt-6">
          {link.text}
        </LinkButton>
      </FormColumn>
    </>
  )
}
