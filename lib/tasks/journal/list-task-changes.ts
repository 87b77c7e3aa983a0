import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { isUuid } from '#lib/uuid.ts'
import type { Change } from './change.ts'
import { toChange } from './list-changes.ts'

const MAX_CHANGES = 100

/** The latest changes of one task of the actor, newest first. */
export async function listTaskChanges({ userId }: Actor, taskId: string): Promise<Change[]> {
  if (!isUuid(taskId)) return []
  const rows = await db().change.findMany({
    where: { userId, taskId },
    orderBy: { seq: 'desc' },
    take: MAX_CHANGES,
  })
  return rows.map(toChange)
}
