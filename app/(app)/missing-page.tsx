import type { ReactElement } from 'react'
import { NotFoundColumn } from '#components/shell/page-column.tsx'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { answerNotFound } from '#lib/http/before-next/page-status.ts'
import { SignedInPage } from './signed-in-page.tsx'

type MissingPageProps = { actor: AuthenticatedActor }

/** The 404 page of a user. Next.js renders it with every page, in case that one is missing. */
export function MissingPage({ actor }: MissingPageProps) {
  return (
    <SignedInPage actor={actor}>
      <NotFoundColumn heading="Page not found" href="/tasks" linkText="Go to your tasks" />
    </SignedInPage>
  )
}

/** What a page renders in place of `notFound()`, whose document is empty until scripts have filled it. */
export function renderMissing({ actor }: MissingPageProps): ReactElement {
  answerNotFound()
  return <MissingPage actor={actor} />
}
