import { newId } from '#lib/uuid.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import type { StoredList } from '../lists/list.ts'
import { listsOf } from '../lists/lists-of.ts'
import { between } from '../position.ts'

/** The new list is the last one. */
export async function addList({ lists, tx, batch }: TaskWriter, name: string): Promise<StoredList> {
  const { userId, now } = batch
  const [last] = await tx.$queryRaw<{ position: string | null }[]>`
    SELECT max(position) AS position FROM task_lists WHERE ${listsOf(userId)}`
  const added = [...lists.differences.values()].map(({ after }) => after.position)
  const low = [last?.position ?? '', ...added].sort().at(-1) ?? ''
  const times = { archivedAt: null, createdAt: now, updatedAt: now, deletedAt: null }
  const list = { id: newId(now), userId, name, position: between(low, null), ...times, version: 1 }
  lists.add(list)
  return list
}
