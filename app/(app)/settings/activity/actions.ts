'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '#lib/auth/actor'
import { disownEvent } from '#lib/auth/disown-event'
import type { FormState } from '#lib/form-state'
import { runAction } from '#lib/http/action'

export async function disownEventAction(previous: FormState, form: FormData): Promise<FormState> {
  const actor = await requireActor('/settings/activity')
  return runAction(previous, form, z.object({ id: z.string() }), async ({ id }) => {
    const disowned = await disownEvent(actor, id)
    return disowned.ok ? redirect('/settings/password?disowned') : disowned
  })
}
