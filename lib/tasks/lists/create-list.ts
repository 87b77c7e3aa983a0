import type { Actor } from '#lib/actor.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { ok } from '#lib/result.ts'
import { newId } from '#lib/uuid.ts'
import type { QuotaExceeded } from '../errors.ts'
import { type Written, writeTasks } from '../journal/write-tasks.ts'
import { between } from '../position.ts'
import type { CountedList } from './list.ts'

/** The new list is the last one. @returns the list; `QUOTA_EXCEEDED` */
export function createList(
  actor: Actor,
  { name }: { name: string },
  { now }: { now: Date },
): Promise<Written<CountedList, QuotaExceeded>> {
  const { userId } = actor
  return writeTasks(actor, { now }, async ({ lists, tx }) => {
    const [last] = await tx.$queryRaw<{ position: string | null }[]>`
      SELECT max(position) AS position FROM task_lists WHERE ${listsOf(userId)}`
    const times = { archivedAt: null, createdAt: now, updatedAt: now }
    const list = { id: newId(now), name, position: between(last?.position ?? '', null), ...times, version: 1 }
    lists.add({ ...list, userId, deletedAt: null })
    return ok({ ...list, openCount: 0 })
  })
}

/** A condition for the lists of one user, which have one order. */
export function listsOf(userId: string): Prisma.Sql {
  return Prisma.sql`user_id = ${userId}::uuid AND deleted_at IS NULL`
}
