import type { Actor } from '#lib/actor.ts'
import { placeList } from '../steps/place-list.ts'
import { toList } from './list.ts'
import { writeList } from './write-list.ts'

type ListChanges = {
  name?: string | undefined
  isArchived?: boolean | undefined
  /** The list to come after; null for the first place. */
  afterId?: string | null | undefined
}

/** @returns the saved list; `LIST_NOT_FOUND`, also for the list to come after */
export function updateList(
  actor: Actor,
  listId: string,
  { changes: { name, isArchived, afterId }, now }: { changes: ListChanges; now: Date },
) {
  return writeList(actor, listId, {
    otherId: afterId ?? null,
    now,
    change: async (list, writer) => {
      const { lists, tx } = writer
      const saved = lists.change(list, {
        ...(name !== undefined && { name }),
        ...(isArchived !== undefined && { archivedAt: isArchived ? (list.archivedAt ?? now) : null }),
        ...(afterId !== undefined && { position: await placeList(writer, list, afterId) }),
      })
      const [open] = await tx.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM tasks
        WHERE user_id = ${actor.userId}::uuid AND list_id = ${list.id}::uuid AND completed_at IS NULL AND deleted_at IS NULL`
      return { ...toList(saved), openCount: open?.count ?? 0 }
    },
  })
}
