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
import { changeRole } from '#lib/operator/change-role.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { enableAccount } from '#lib/operator/enable-account.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
import { requirePasswordChange } from '#lib/operator/require-password-change.ts'
import type { Result } from '#lib/result.ts'
import { type AccountAction, isAccountAction } from './account-actions.ts'

type Verb = (
  operator: Operator,
  userId: string,
  time: { now: Date },
) => Promise<Result<unknown, Failure<FailureCode>>>

const VERBS: Record<AccountAction, Verb> = {
  disable: disableAccount,
  enable: enableAccount,
  'end-sessions': endAllSessions,
  'require-password-change': requirePasswordChange,
  'make-admin': (operator, userId, { now }) => changeRole(operator, userId, { role: 'admin', now }),
  'make-user': (operator, userId, { now }) => changeRole(operator, userId, { role: 'user', now }),
}

const accountActionSchema = z.object({
  user_id: z.uuid(),
  account_action: z.string().refine(isAccountAction),
})

export async function performAccountAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireAdmin('/admin/users', form)
  const operator = operatorOf(actor)
  return runAction(actor, previous, form, accountActionSchema, async (values) => {
    const { user_id: userId, account_action: action } = values
    const done = await VERBS[action](operator, userId, { now: new Date() })
    if (!done.ok) return done
    await setFlashMessage(`${action}.${userId}`, actor)
    redirect(`/admin/users/${userId}?done=${action}`)
  })
}
