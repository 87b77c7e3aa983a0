import type { Actor } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok } from '#lib/result.ts'
import type { QuotaExceeded } from '../errors.ts'
import { isLiveList } from '../journal/is-live-list.ts'
import { type TaskWriter, type Written, writeTasks } from '../journal/write-tasks.ts'
import { denyList } from './deny-list.ts'
import type { StoredList } from './list.ts'

type Refusal = Failure<'LIST_NOT_FOUND'> | QuotaExceeded

type ListWrite<T> = {
  /** Another list that the change needs; null if it needs none. */
  otherId?: string | null
  now: Date
  change: (list: StoredList, writer: TaskWriter) => Promise<T>
}

/** Changes one list that is not deleted. @returns what `change` returns; `LIST_NOT_FOUND`; `QUOTA_EXCEEDED` */
export async function writeList<T>(
  actor: Actor,
  listId: string,
  { otherId = null, now, change }: ListWrite<T>,
): Promise<Written<T, Refusal>> {
  let missing = listId
  const written = await writeTasks<T, Refusal>(actor, { now }, async (writer) => {
    const list = await writer.lists.find(listId)
    missing = list && !list.deletedAt ? (otherId ?? '') : listId
    if (!list || list.deletedAt || !(await isLiveList(writer, otherId)))
      return err({ code: 'LIST_NOT_FOUND' })
    return ok(await change(list, writer))
  })
  return !written.ok && written.error.code === 'LIST_NOT_FOUND' ? denyList(actor, missing) : written
}
