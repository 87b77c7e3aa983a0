import { headers } from 'next/headers'
import { normalisePassword } from '#lib/auth/password/normalise-password.ts'
import type { PasswordOwner } from '#lib/auth/password/owner-words.ts'
import { queuePasswordWork } from '#lib/auth/password/password-queue.ts'
import { findWeakness } from '#lib/auth/password/pool.ts'
import { describeWeakness } from '#lib/auth/password/weakness.ts'
import { CREDENTIAL_MAX_LENGTH } from '#lib/auth/policy.ts'
import { hasAllowedLength } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { ok } from '#lib/result.ts'
import { clientOf } from './client.ts'

type NewPassword = { field: string; form: FormData; owner: PasswordOwner }

/**
 * Adds to the errors of a new password that it is easy to guess as well, for forms that the browser did not check. The
 * verbs estimate only passwords that keep the other rules. Adds nothing while the password queue is full.
 */
export async function addWeakness(state: FormState, { field, form, owner }: NewPassword): Promise<FormState> {
  // Any client can call an action, without a form.
  const typed = form instanceof FormData ? form.get(field) : null
  if (typeof typed !== 'string' || typed.length > CREDENTIAL_MAX_LENGTH) return state
  const password = normalisePassword(typed)
  if (!state.errors.some((error) => error.field === field) || !hasAllowedLength(password)) return state
  const waiting = { client: clientOf(await headers()), account: owner.email, isKnown: false }
  const found = await queuePasswordWork(waiting, async () => ok(await findWeakness(password, owner)))
  const issue = found.ok && found.value && describeWeakness(found.value)
  const isNew = issue && !state.errors.some((error) => error.issue === issue)
  return isNew ? { ...state, errors: [...state.errors, { field, issue }] } : state
}
