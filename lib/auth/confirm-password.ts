import type { Actor } from '#lib/actor.ts'
import type { TypedOutcome } from '#lib/audit/new-event.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { giveBack, type Point } from '#lib/throttle/consume.ts'
import { verifyPassword } from './password/verify-password.ts'
import { throttle } from './throttle.ts'

const WRONG_PASSWORD = 'This is not your current password.'

export type ConfirmedPassword = {
  email: string
  name: string | null
  /** The version of the password. A change in progress compares it. */
  changedAt: Date
  /** What the caller gives back: `ofFailure` once its action has succeeded, `ofSuccess` if it did no work. */
  ofFailure: Point[]
  ofSuccess: Point[]
}

type Confirmation = {
  password: string
  /** The field of the form or body that it was typed in. */
  field: string
  /** The event of a wrong password. */
  failure: TypedOutcome
}

/**
 * Asks for the password again before an action that a stolen session must not do (ASVS 7.5.1).
 * @returns `INVALID_INPUT` with `field` if the password is wrong; `RATE_LIMITED`
 */
export async function confirmPassword(
  { client, userId, sessionId }: Actor,
  { password, field, failure }: Confirmation,
): Promise<Result<ConfirmedPassword, Failure<'INVALID_INPUT' | 'RATE_LIMITED'>>> {
  // Failures count per session: a thief in one cannot use up the owner's tries in another.
  const tries = makeBucket('password.change', sessionId)
  const points = await throttle([tries, makeBucket('password.work', userId)], { client, userId, sessionId })
  if (!points.ok) return points
  const ofFailure = points.value.filter(({ key }) => key === tries.key)
  const ofSuccess = points.value.filter(({ key }) => key !== tries.key)

  const owner = { select: { email: true, name: true } } as const
  const stored = await db().password.findUnique({ where: { userId }, include: { user: owner } })
  const { matches } = await verifyPassword(password, stored)
  if (!stored || !matches) {
    await record(db(), { ...failure, client, userId, sessionId })
    await giveBack(db(), ofSuccess)
    return err(wrongPassword(field))
  }
  return ok({ ...stored.user, changedAt: stored.changedAt, ofFailure, ofSuccess })
}

export function wrongPassword(field: string): Failure<'INVALID_INPUT'> {
  return { code: 'INVALID_INPUT', details: [{ field, issue: WRONG_PASSWORD }] }
}
