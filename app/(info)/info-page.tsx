import type { ReactNode } from 'react'
import { PageColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { getActorIfPossible } from '#lib/auth/actor.ts'
import { SignedInPage } from '../(app)/signed-in-page.tsx'

type InfoPageProps = { heading: string; intro: string; children: ReactNode }

/** A page of text, for visitors and users alike. */
export async function InfoPage({ heading, intro, children }: InfoPageProps) {
  const actor = await getActorIfPossible()
  const page = (
    <PageColumn heading={heading} intro={intro}>
      <div className="info">{children}</div>
    </PageColumn>
  )
  if (actor) return <SignedInPage actor={actor}>{page}</SignedInPage>
  return (
    <>
      <SignedOutHeader />
      {page}
    </>
  )
}
