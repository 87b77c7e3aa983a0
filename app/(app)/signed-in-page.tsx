import type { ReactNode } from 'react'
import { PageForms } from '#components/form/page-forms'
import type { FoundActor } from '#lib/auth/session/find-actor'
import { getReturnedForm } from '#lib/http/returned-form'
import { SignedInHeader } from './signed-in-header'

/** A page behind the gate, below its header: whatever is sent from it is sent for the account that it shows. */
export async function SignedInPage({ actor, children }: { actor: FoundActor; children: ReactNode }) {
  const { userId, email } = actor
  return (
    <PageForms account={{ userId, email }} returned={await getReturnedForm()}>
      <SignedInHeader actor={actor} />
      {children}
    </PageForms>
  )
}
