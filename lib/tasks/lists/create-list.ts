import type { Actor } from '#lib/actor.ts'
import { ok } from '#lib/result.ts'
import type { QuotaExceeded } from '../errors.ts'
import { type Written, writeTasks } from '../journal/write-tasks.ts'
import { addList } from '../steps/add-list.ts'
import { type CountedList, toList } from './list.ts'

/** The new list is the last one. @returns the list; `QUOTA_EXCEEDED` */
export function createList(
  actor: Actor,
  { name }: { name: string },
  { now }: { now: Date },
): Promise<Written<CountedList, QuotaExceeded>> {
  return writeTasks(actor, { now }, async (writer) => {
    const list = await addList(writer, name)
    return ok({ ...toList(list), openCount: 0 })
  })
}
