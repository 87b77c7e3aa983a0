import type { ReactNode } from 'react'
import { PageForms } from '#components/form/page-forms.tsx'
import { SignedInHeader } from '#components/shell/signed-in-header.tsx'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { getTypedText } from '#lib/http/drafts.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'

type SignedInPageProps = {
  actor: AuthenticatedActor
  /** Its path, where it has fields to write in: what was typed when the session had ended comes back there. */
  path?: string
  children: ReactNode
}

/** A page behind the gate, below its header: whatever is sent from it is sent for the account that it shows. */
export async function SignedInPage({ actor, path, children }: SignedInPageProps) {
  const { userId, email } = actor
  const notRun = await getReturnedForm()
  const returned = notRun || !path ? notRun : await getTypedText(userId, path)
  return (
    <PageForms account={{ userId, email }} returned={returned}>
      <SignedInHeader actor={actor} />
      {children}
    </PageForms>
  )
}
