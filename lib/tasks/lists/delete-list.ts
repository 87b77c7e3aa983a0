import type { Actor } from '#lib/actor.ts'
import { emptyList } from '../journal/move-tasks.ts'
import { writeList } from './write-list.ts'

/** Its tasks move to the Inbox. One undo brings back the list, and them to it. @returns `LIST_NOT_FOUND` */
export function deleteList(actor: Actor, listId: string, { now }: { now: Date }) {
  return writeList(actor, listId, {
    now,
    change: async (list, writer) => {
      await emptyList(writer, list.id)
      writer.lists.change(list, { deletedAt: now })
      return null
    },
  })
}
