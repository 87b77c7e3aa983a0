'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Operator } from '#lib/audit/events'
import { requireAdmin } from '#lib/auth/actor'
import { changeRole } from '#lib/auth/operator/change-role'
import { disableAccount } from '#lib/auth/operator/disable-account'
import { enableAccount } from '#lib/auth/operator/enable-account'
import { endSessionsOf } from '#lib/auth/operator/end-sessions-of'
import { operatorOf } from '#lib/auth/operator/operator'
import { requirePasswordChange } from '#lib/auth/operator/require-password-change'
import type { Failure } from '#lib/failure'
import type { FormState } from '#lib/form-state'
import { runAction } from '#lib/http/action'
import { noteDone } from '#lib/http/done-note'
import type { FailureCode } from '#lib/http/failures'
import type { Result } from '#lib/result'
import { type Deed, isDeed } from './deeds'

type Verb = (operator: Operator, userId: string) => Promise<Result<unknown, Failure<FailureCode>>>

const VERBS: Record<Deed, Verb> = {
  disable: disableAccount,
  enable: enableAccount,
  'end-sessions': endSessionsOf,
  'require-password-change': requirePasswordChange,
  'make-admin': (operator, userId) => changeRole(operator, userId, 'admin'),
  'make-user': (operator, userId) => changeRole(operator, userId, 'user'),
}

const deedSchema = z.object({ user_id: z.uuid(), deed: z.string().refine(isDeed) })

export async function doDeedAction(previous: FormState, form: FormData): Promise<FormState> {
  const actor = await requireAdmin('/admin/users', form)
  const operator = operatorOf(actor)
  return runAction(actor, previous, form, deedSchema, async ({ user_id: userId, deed }) => {
    const done = await VERBS[deed](operator, userId)
    if (!done.ok) return done
    await noteDone(`${deed}.${userId}`, actor)
    redirect(`/admin/users/${userId}?done=${deed}`)
  })
}
