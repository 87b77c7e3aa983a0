import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { TASK_COLUMNS, type Task } from './task.ts'

/** Newest first: version 7 ids sort by time, and the cursor is an id. */
export async function listTasks(
  actor: Actor,
  { limit = PAGE_SIZE, cursor }: PageRequest,
): Promise<{ tasks: Task[]; nextCursor: string | null }> {
  const found = await db().task.findMany({
    where: { userId: actor.userId, deletedAt: null, ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: TASK_COLUMNS,
  })
  const { rows, nextCursor } = cutPage(found, limit, ({ id }) => id)
  return { tasks: rows, nextCursor }
}
