import { PageForms } from '#components/form/page-forms.tsx'
import { NotFoundColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { getActorIfPossible } from '#lib/auth/actor.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { MissingPage } from './(app)/missing-page.tsx'

export default async function NotFound() {
  const actor = await getActorIfPossible()
  if (actor) return <MissingPage actor={actor} />
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      <NotFoundColumn heading="Page not found" href="/" linkText="Go to the start page" />
    </PageForms>
  )
}
