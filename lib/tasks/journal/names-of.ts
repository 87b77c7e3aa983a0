import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Change } from './change.ts'

/** What the tasks and lists of changes are called now, by their ids. Deleted ones are included. */
export type Names = ReadonlyMap<string, string>

export async function namesOf({ userId }: Actor, changes: readonly Change[]): Promise<Names> {
  const taskIds = new Set(changes.flatMap(({ taskId }) => taskId ?? []))
  const [tasks, lists] = await Promise.all([
    db().task.findMany({ where: { userId, id: { in: [...taskIds] } }, select: { id: true, title: true } }),
    db().taskList.findMany({ where: { userId }, select: { id: true, name: true } }),
  ])
  return new Map([
    ...tasks.map(({ id, title }) => [id, title] as const),
    ...lists.map(({ id, name }) => [id, name] as const),
  ])
}
