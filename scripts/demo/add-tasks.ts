import { type Actor, localClient } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import type { Result } from '#lib/result.ts'
import { createTask } from '#lib/tasks/create-task.ts'
import { createList } from '#lib/tasks/lists/create-list.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { DAY_SECONDS, daysBefore, secondsLater } from '#lib/time.ts'
import { type DemoTask, LISTS } from './accounts.ts'

/** Saves lists and tasks as the pages do, so that their history is there, too. The first task is the newest. */
export async function addTasks(userId: string, tasks: DemoTask[], now: Date): Promise<void> {
  const actor: Actor = { userId, sessionId: '', role: 'user', client: localClient('demo') }
  const lists = new Map<string, string>()
  for (const name of LISTS) {
    const { id } = requireSaved(await createList(actor, { name }, { now: daysBefore(now, 29) }))
    lists.set(name, id)
  }
  const inDays = (days: number | undefined) =>
    days === undefined
      ? null
      : secondsLater(now, days * DAY_SECONDS)
          .toISOString()
          .slice(0, 10)
  const done: string[] = []
  for (const [index, { isDone, list, dueIn, startIn, ...fields }] of [...tasks.entries()].reverse()) {
    const createdAt = daysBefore(now, (index + 1) * 1.7)
    const listId = (list && lists.get(list)) ?? null
    const days = { dueOn: inDays(dueIn), startOn: inDays(startIn) }
    const { id } = requireSaved(await createTask(actor, { ...fields, ...days, listId }, { now: createdAt }))
    if (isDone) done.push(id)
  }
  // Today, after all others: the history is in the order of the changes.
  for (const id of done) {
    requireSaved(
      await updateTask(actor, id, { changes: { isCompleted: true }, now: secondsLater(now, -3600) }),
    )
  }
}

function requireSaved<T>(result: Result<T, Failure<string>>): T {
  if (!result.ok) throw new Error(`The demo’s tasks are refused: ${result.error.code}`)
  return result.value
}
