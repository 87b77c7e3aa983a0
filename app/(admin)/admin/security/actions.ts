'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Operator } from '#lib/actor.ts'
import { operatorOf } from '#lib/actor.ts'
import { requireAdmin } from '#lib/auth/actor.ts'
import type { Failure } from '#lib/failure.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import type { FailureCode } from '#lib/http/failures.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'
import { blockNetwork, unblockNetwork } from '#lib/operator/block-network.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
import { requirePasswordChange } from '#lib/operator/require-password-change.ts'
import type { Result } from '#lib/result.ts'
import { handleFinding } from '#lib/watch/findings/handle-finding.ts'
import { BLOCKS, type FindingResponse, isResponse } from './responses.ts'

type Verb = (
  operator: Operator,
  target: string,
  time: { now: Date },
) => Promise<Result<unknown, Failure<FailureCode>>>

const VERBS: Record<FindingResponse, Verb> = {
  'block-hour': (operator, network, { now }) =>
    blockNetwork(operator, network, { seconds: BLOCKS['block-hour'].seconds, now }),
  'block-day': (operator, network, { now }) =>
    blockNetwork(operator, network, { seconds: BLOCKS['block-day'].seconds, now }),
  unblock: unblockNetwork,
  'end-sessions': endAllSessions,
  'require-password-change': requirePasswordChange,
  handled: handleFinding,
}

const responseSchema = z.object({ response: z.string().refine(isResponse), target: z.string() })

/** Applies a response to its `target`: a network, an account's id or a finding's id. */
export async function respondAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireAdmin('/admin/security', form)
  const operator = operatorOf(actor)
  return runAction(actor, previous, form, responseSchema, async ({ response, target }) => {
    const done = await VERBS[response](operator, target, { now: new Date() })
    if (!done.ok) return done
    await setFlashMessage(response, actor)
    redirect(`/admin/security?done=${response}`)
  })
}
