import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { throttle } from './throttle.ts'

export type Profile = { name: string | null; timeZone: string | null }

/**
 * Fields that are left out stay as they are.
 * @returns the profile afterwards; `RATE_LIMITED`, because each change leaves an event
 */
export async function updateProfile(
  { client, userId, sessionId }: Actor,
  changes: Partial<Profile>,
): Promise<Result<Profile, Failure<'RATE_LIMITED'>>> {
  const points = await throttle([makeBucket('profile.change', userId)], { client, userId, sessionId })
  if (!points.ok) return points
  return db().$transaction(async (tx) => {
    const profile = await tx.user.update({
      where: { id: userId },
      data: changes,
      select: { name: true, timeZone: true },
    })
    await record(tx, { type: 'profile_changed', client, userId, sessionId })
    return ok(profile)
  })
}
