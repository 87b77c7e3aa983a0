import { headers } from 'next/headers'
import { z } from 'zod'
import type { Actor } from '#lib/actor.ts'
import { showFresh } from './action.ts'
import { getFlashMessage, setFlashMessage } from './flash-message.ts'

const MESSAGE = /^changed\.([\w-]+)$/

const schema = z.object({
  /** Null if nothing was changed: an undo that found nothing to undo. */
  batchId: z.uuid().nullable(),
  /** What an undo did not undo (lib/tasks/journal/words/describe-skips.ts). */
  skips: z.array(
    z.object({
      reason: z.enum(['changed_since', 'list_deleted', 'list_in_use', 'purged']),
      count: z.number(),
      fields: z.array(z.string()),
    }),
  ),
  /** Nothing was changed because an earlier request had undone or redone the batch. */
  wasAlready: z.enum(['undone', 'redone']).optional(),
  /** The end of the id of the task that has the focus on the next page. */
  focused: z.string().min(1).optional(),
})

export type ChangedBatch = z.output<typeof schema>

/** Notes for the next page of tasks what this request has changed (docs/decisions/0061-undo-on-every-page-of-tasks.md). */
export async function setChangedBatch(
  actor: Actor,
  { focused, ...changed }: Pick<ChangedBatch, 'batchId'> & Partial<ChangedBatch>,
): Promise<void> {
  // With JavaScript, pages move the focus by themselves.
  const hasJavaScript = (await headers()).has('next-action')
  const message = { skips: [], ...changed, ...(!hasJavaScript && { focused }) }
  await setFlashMessage(`changed.${Buffer.from(JSON.stringify(message)).toString('base64url')}`, actor)
}

/** Shows the page again after a change, with "Undo" unless nothing has changed. */
export async function showChanged(
  actor: Actor,
  { batchId, focused }: { batchId: string | null; focused?: string | undefined },
  path: string,
): Promise<void> {
  if (batchId !== null) await setChangedBatch(actor, { batchId, focused })
  await showFresh(path)
}

/** @returns what this browser changed within the last minute */
export async function getChangedBatch(actor: Actor): Promise<ChangedBatch | null> {
  const [, encoded] = MESSAGE.exec((await getFlashMessage(actor)) ?? '') ?? []
  if (!encoded) return null
  try {
    return schema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString()))
  } catch {
    return null
  }
}
