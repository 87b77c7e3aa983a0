'use server'

import { redirect } from 'next/navigation'
import { requireActor } from '#lib/auth/actor.ts'
import { requestDeletion } from '#lib/auth/deletion/request-deletion.ts'
import { deleteAccountSchema } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'

/** The log-in page then shows why the visitor is logged out (getLogOutReason). */
export async function deleteAccountAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor('/settings/profile/delete', form)
  return runAction(actor, previous, form, deleteAccountSchema, async ({ password }) => {
    const requested = await requestDeletion(actor, { password, now: new Date() })
    // The page shows until when.
    if (!requested.ok && requested.error.code === 'EMAIL_CHANGED_RECENTLY')
      redirect('/settings/profile/delete')
    if (!requested.ok) return requested
    redirect('/login')
  })
}
