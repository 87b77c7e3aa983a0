import type { ReactNode } from 'react'
import { PageForms } from '#components/form/page-forms.tsx'
import { PageErrorHeaderProvider } from '#components/shell/page-error-header.tsx'
import { SignedInHeader } from '#components/shell/signed-in-header.tsx'
import { getActorIfPossible } from '#lib/auth/actor.ts'

/** Provides error pages with the header. It protects nothing: each page requires its own actor. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const actor = await getActorIfPossible()
  const header = actor && (
    <PageForms account={{ userId: actor.userId, email: actor.email }} returned={null}>
      <SignedInHeader isAdmin={actor.role === 'admin'} />
    </PageForms>
  )
  return <PageErrorHeaderProvider header={header}>{children}</PageErrorHeaderProvider>
}
