import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { TASK_COLUMNS, type Task } from './task.ts'

/**
 * A page of the actor's tasks, newest first.
 * @param page `limit` tasks at most, older than the task that `cursor` names (its id; version 7 ids sort by time)
 * @returns the tasks, and the cursor of the next page or null at the end
 */
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
