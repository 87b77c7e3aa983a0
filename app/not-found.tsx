import { PageForms } from '#components/form/page-forms.tsx'
import { NotFoundColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { getActorIfPossible } from '#lib/auth/actor.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { SignedInPage } from './(app)/signed-in-page.tsx'

/** From the server, so that a refusal during a page’s rendering has it in its source, too. */
const HEADING = 'Page not found'

export default async function NotFound() {
  const actor = await getActorIfPossible()
  if (actor) {
    return (
      <SignedInPage actor={actor}>
        <NotFoundColumn heading={HEADING} href="/tasks" linkText="Go to your tasks" />
      </SignedInPage>
    )
  }
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      <NotFoundColumn heading={HEADING} href="/" linkText="Go to the start page" />
    </PageForms>
  )
}
