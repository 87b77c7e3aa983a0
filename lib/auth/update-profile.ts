import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'

export type Profile = { name: string | null; timeZone: string | null }

/** Fields that are left out stay as they are. @returns the profile afterwards */
export function updateProfile(
  { client, userId, sessionId }: Actor,
  changes: Partial<Profile>,
): Promise<Profile> {
  return db().$transaction(async (tx) => {
    const profile = await tx.user.update({
      where: { id: userId },
      data: changes,
      select: { name: true, timeZone: true },
    })
    await record(tx, { type: 'profile_changed', client, userId, sessionId })
    return profile
  })
}
