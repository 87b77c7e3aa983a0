'use server'

import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import { endOtherSessions, endSession } from '#lib/auth/session/end-session.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction, showFresh } from '#lib/http/action.ts'
import { getDeviceToken } from '#lib/http/session-cookies.ts'
import { ok } from '#lib/result.ts'

const PAGE = '/settings/sessions'

export async function endSessionAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PAGE, form)
  return runAction(actor, previous, form, z.object({ id: z.string() }), async ({ id }) => {
    const ended = await endSession(actor, { sessionId: id, now: new Date() })
    return ended.ok ? ok(await showFresh(PAGE)) : ended
  })
}

export async function endOtherSessionsAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PAGE, form)
  return runAction(actor, previous, form, z.object({}), async () => {
    await endOtherSessions(actor, { deviceToken: await getDeviceToken(), now: new Date() })
    return ok(await showFresh(PAGE))
  })
}
