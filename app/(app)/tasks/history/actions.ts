'use server'

import { z } from 'zod'
import type { Actor } from '#lib/actor.ts'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction, showFresh } from '#lib/http/action.ts'
import { setChangedBatch } from '#lib/http/changed-batch.ts'
import { ok } from '#lib/result.ts'
import { getBatch } from '#lib/tasks/journal/list-batches.ts'
import { undoBatch } from '#lib/tasks/journal/undo-batch.ts'
import { groupSkips } from '#lib/tasks/journal/words/describe-skips.ts'
import { returnPath } from '../return-path.ts'

const undoSchema = z.object({ batch: z.string(), return_to: z.string().optional() })

export async function undoAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(pageOf(form), form)
  return runAction(actor, previous, form, undoSchema, async ({ batch, return_to }) => {
    const now = new Date()
    const undone = await undoBatch(actor, batch, { now })
    // The form may be gone from its page, so the next page shows this failure in its place.
    if (!undone.ok && undone.error.code === 'BATCH_NOT_FOUND') await setChangedBatch(actor, { batchId: null })
    else if (!undone.ok) return undone
    else {
      const { batchId, value } = undone
      const focused = value.undone.find(({ taskId }) => taskId)?.taskId ?? undefined
      const wasAlready = batchId === null ? await findEarlierUndo(actor, { batch, now }) : undefined
      await setChangedBatch(actor, { batchId, skips: groupSkips(value.skipped), focused, wasAlready })
    }
    return ok(await showFresh(returnPath(return_to)))
  })
}

/** Another page, or a second press, may have sent the same "Undo". */
async function findEarlierUndo(actor: Actor, { batch: batchId, now }: { batch: string; now: Date }) {
  const batch = await getBatch(actor, batchId, { now })
  if (!batch?.isUndone) return undefined
  return batch.isUndo ? 'redone' : 'undone'
}

function pageOf(form: FormData): string {
  // Any client can call an action with any argument.
  return returnPath(form instanceof FormData && form.get('return_to'))
}
