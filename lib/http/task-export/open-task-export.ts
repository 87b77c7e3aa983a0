import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { throttle } from '#lib/auth/throttle.ts'
import type { Failure } from '#lib/failure.ts'
import { listBody } from '#lib/http/list-body.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { ok, type Result } from '#lib/result.ts'
import { getLists } from '#lib/tasks/lists/get-lists.ts'
import { streamAllTasks } from '#lib/tasks/stream-all-tasks.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'

/** A task with the name of its list, null for the Inbox, and the day that its repetition counts from. */
export type ExportedTask = Omit<ReturnType<typeof taskBody>, 'user_id'> & {
  list: string | null
  repeat_anchor: string | null
}

export type TaskExport = { lists: object[]; tasks: AsyncGenerator<ExportedTask[]> }

/** All tasks of an account, newest first, and its lists. @returns `RATE_LIMITED` as for the download of all data */
export async function openTaskExport(
  actor: AuthenticatedActor,
): Promise<Result<TaskExport, Failure<'RATE_LIMITED'>>> {
  const { client, userId, sessionId } = actor
  const points = await throttle([makeBucket('account.export', userId)], { client, userId, sessionId })
  if (!points.ok) return points
  const lists = await getLists(actor)
  const names = new Map(lists.map(({ id, name }) => [id, name]))
  return ok({ lists: lists.map(listBody), tasks: exportTasks(actor, names) })
}

async function* exportTasks(actor: AuthenticatedActor, names: Map<string, string>) {
  for await (const tasks of streamAllTasks(actor)) {
    yield tasks.map((task) => {
      const { user_id: _, ...fields } = taskBody(task)
      const list = names.get(task.listId ?? '') ?? null
      return { ...fields, list, repeat_anchor: task.repeatAnchor }
    })
  }
}
