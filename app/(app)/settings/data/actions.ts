'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction, showFresh } from '#lib/http/action.ts'
import { setChangedBatch } from '#lib/http/changed-batch.ts'
import { importUpload } from '#lib/http/task-import/import-upload.ts'
import { err, ok } from '#lib/result.ts'
import { discardUpload } from '#lib/tasks/import/uploads.ts'
import { describeQuota } from './describe-quota.ts'

const PATH = '/settings/data'
const schema = z.object({ upload: z.uuid() })

/** The page of all tasks then offers to undo it. */
export async function importAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PATH, form)
  return runAction(actor, previous, form, schema, async ({ upload: id }) => {
    const imported = await importUpload(actor, { id, now: new Date() })
    if (!imported.ok) return 'quota' in imported.error ? err(describeQuota(imported.error)) : imported
    await setChangedBatch(actor, { batchId: id })
    redirect('/tasks')
  })
}

export async function discardAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PATH, form)
  return runAction(actor, previous, form, schema, async ({ upload: id }) => {
    await discardUpload(actor, id)
    await showFresh(PATH)
    return ok(null)
  })
}
