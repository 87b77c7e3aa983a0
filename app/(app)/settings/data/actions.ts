'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction, showFresh } from '#lib/http/action.ts'
import { setChangedBatch } from '#lib/http/changed-batch.ts'
import { readFile } from '#lib/http/task-import/read-file.ts'
import { err, ok } from '#lib/result.ts'
import { importTasks } from '#lib/tasks/import/import-tasks.ts'
import { putUploadBack, takeUpload } from '#lib/tasks/import/uploads.ts'
import { describeQuota } from './describe-quota.ts'

const PATH = '/settings/data'
const schema = z.object({ upload: z.uuid() })

/** The page of all tasks then offers to undo it. */
export async function importAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PATH, form)
  return runAction(actor, previous, form, schema, async ({ upload: id }) => {
    const now = new Date()
    const upload = await takeUpload(actor, { id, now })
    if (!upload) return err({ code: 'UPLOAD_NOT_FOUND' })
    const file = await readFile(actor, upload.file, { now })
    const written = file.ok ? await importTasks(actor, file.value, { now }) : file
    if (!written.ok) {
      await putUploadBack(upload)
      return 'quota' in written.error ? err(describeQuota(written.error)) : err(written.error)
    }
    const { batchId } = written
    if (batchId) await setChangedBatch(actor, { batchId })
    redirect('/tasks')
  })
}

export async function discardAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PATH, form)
  return runAction(actor, previous, form, schema, async ({ upload: id }) => {
    await takeUpload(actor, { id, now: new Date() })
    await showFresh(PATH)
    return ok(null)
  })
}
