import type { Actor } from '#lib/actor.ts'
import { listTasks } from './list-tasks.ts'
import type { Task } from './task.ts'

const PAGE_TASKS = 500

/** All tasks of the actor, newest first. Memory holds one page at a time. */
export async function* streamAllTasks(actor: Actor): AsyncGenerator<Task[]> {
  let cursor: string | undefined
  do {
    const { tasks, nextCursor } = await listTasks(actor, { limit: PAGE_TASKS, cursor })
    yield tasks
    cursor = nextCursor ?? undefined
  } while (cursor)
}
