import { LIST, type TaskWriter } from '../journal/write-tasks.ts'
import type { StoredList } from '../lists/list.ts'
import { listsOf } from '../lists/lists-of.ts'
import { between, MAX_LENGTH, spread } from '../position.ts'

/**
 * A position right after another list of the account, or in the first place for null. Where it would be too long, all
 * lists get short ones, in the order that they have.
 */
export async function placeList(
  writer: TaskWriter,
  list: StoredList,
  afterId: string | null,
): Promise<string> {
  if (afterId === list.id) return list.position
  const stored = await writer.tx.$queryRaw<StoredList[]>`
    SELECT ${LIST} FROM task_lists WHERE ${listsOf(writer.batch.userId)} ORDER BY position, id`
  const others = stored.filter(({ id }) => id !== list.id)
  const place = others.findIndex(({ id }) => id === afterId) + 1
  const [low, high] = [others[place - 1]?.position ?? '', others[place]?.position ?? null]
  if (low !== high) {
    const position = between(low, high)
    if (position.length <= MAX_LENGTH) return position
  }
  const positions = spread('', null, others.length + 1)
  const [position = list.position] = positions.splice(place, 1)
  others.forEach((other, index) => {
    writer.lists.change(other, { position: positions[index] ?? other.position })
  })
  return position
}
