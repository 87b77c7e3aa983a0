'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import { reportUnrecognisedEvent } from '#lib/auth/report-unrecognised-event.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'
import { getDeviceToken } from '#lib/http/session-cookies.ts'

export async function disownEventAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor('/settings/activity', form)
  return runAction(actor, previous, form, z.object({ id: z.string() }), async ({ id }) => {
    const disowned = await reportUnrecognisedEvent(actor, {
      eventId: id,
      deviceToken: await getDeviceToken(),
      now: new Date(),
    })
    if (!disowned.ok) return disowned
    await setFlashMessage('event-disowned', actor)
    redirect('/settings/password?disowned')
  })
}
