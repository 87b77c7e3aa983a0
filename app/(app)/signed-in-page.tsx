import type { ReactNode } from 'react'
import { KeptForms } from '#components/form/kept-forms.tsx'
import { SignedInHeader } from '#components/shell/signed-in-header.tsx'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { getDrafts } from '#lib/http/drafts.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'

type SignedInPageProps = {
  actor: AuthenticatedActor
  /** For a page with text fields: drafts from an ended session are restored under this path. */
  path?: string
  children: ReactNode
}

/** The header and the form context of every page that requires an actor. */
export async function SignedInPage({ actor, path, children }: SignedInPageProps) {
  const { userId, email, timeZone } = actor
  const notRun = await getReturnedForm()
  const returned = notRun || !path ? notRun : await getDrafts(userId, path)
  return (
    <KeptForms account={{ userId, email, ...(timeZone && { timeZone }) }} returned={returned}>
      <SignedInHeader isAdmin={actor.role === 'admin'} />
      {children}
    </KeptForms>
  )
}
