'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Actor } from '#lib/actor.ts'
import { requireActor } from '#lib/auth/actor.ts'
import { endOtherSessions, endSession } from '#lib/auth/session/end-session.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'
import { getDeviceToken } from '#lib/http/session-cookies.ts'

const PAGE = '/settings/sessions'

export async function endSessionAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PAGE, form)
  return runAction(actor, previous, form, z.object({ id: z.string() }), async ({ id }) => {
    const ended = await endSession(actor, { sessionId: id, now: new Date() })
    return ended.ok ? showEnded(id, actor) : ended
  })
}

export async function endOtherSessionsAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PAGE, form)
  return runAction(actor, previous, form, z.object({}), async () => {
    await endOtherSessions(actor, { deviceToken: await getDeviceToken(), now: new Date() })
    return showEnded('others', actor)
  })
}

async function showEnded(ended: string, actor: Actor): Promise<never> {
  await setFlashMessage(`session-ended.${ended}`, actor)
  redirect(`${PAGE}?ended=${ended}`)
}
