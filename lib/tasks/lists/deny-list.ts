import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import { err } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'

/** Returns `LIST_NOT_FOUND` for every list that the actor cannot use, and records an attempt on another user's list. */
export async function denyList(actor: Actor, listId: string) {
  const foreign =
    isUuid(listId) &&
    (await db().taskList.findFirst({
      where: { id: listId, userId: { not: actor.userId } },
      select: { id: true },
    }))
  if (foreign) await recordDenied(actor, { failureReason: 'foreign_list', details: { list_id: foreign.id } })
  return err({ code: 'LIST_NOT_FOUND' } as const)
}
