import { LIST, type TaskWriter } from '../journal/write-tasks.ts'
import { foldName } from '../lists/fold-name.ts'
import type { StoredList } from '../lists/list.ts'
import { listsOf } from '../lists/lists-of.ts'
import { addList } from './add-list.ts'

/**
 * Finds lists by their names, in upper or lower case. A name that no list has becomes a list, and an archived list is in
 * use again.
 * @returns the ids of the lists, by the names as they were given
 */
export async function findOrAddLists(
  writer: TaskWriter,
  names: readonly string[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  if (names.length === 0) return ids
  const known = await writer.tx.$queryRaw<StoredList[]>`
    SELECT ${LIST} FROM task_lists WHERE ${listsOf(writer.batch.userId)}
    ORDER BY archived_at IS NOT NULL, position, id`
  for (const name of new Set(names)) {
    const alike = known.filter((list) => foldName(list.name) === foldName(name))
    const found = alike.find((list) => list.name === name && !list.archivedAt) ?? alike[0]
    const list = found ? writer.lists.change(found, { archivedAt: null }) : await addList(writer, name)
    if (!found) known.push(list)
    ids.set(name, list.id)
  }
  return ids
}
