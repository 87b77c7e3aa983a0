import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { QuotaExceeded } from '#lib/tasks/errors.ts'
import type { FileRefusal } from '#lib/tasks/import/errors.ts'
import { importTasks } from '#lib/tasks/import/import-tasks.ts'
import { putUploadBack, takeUpload } from '#lib/tasks/import/uploads.ts'
import { readFile } from './read-file.ts'

type Refusal = Failure<'UPLOAD_NOT_FOUND' | 'RATE_LIMITED'> | FileRefusal | QuotaExceeded

/**
 * Imports the file that the user has seen a preview of. One that is not imported stays, also where the database fails.
 * @returns the batch that undoes it; `UPLOAD_NOT_FOUND`; `RATE_LIMITED`; `QUOTA_EXCEEDED`
 */
export async function importUpload(
  actor: AuthenticatedActor,
  { id, now }: { id: string; now: Date },
): Promise<Result<string | null, Refusal>> {
  const upload = await takeUpload(actor, { id, now })
  if (!upload) return err({ code: 'UPLOAD_NOT_FOUND' })
  let isImported = false
  try {
    const file = await readFile(actor, upload.file, { now })
    if (!file.ok) return file
    const written = await importTasks(actor, file.value, { now })
    isImported = written.ok
    return written.ok ? ok(written.batchId) : written
  } finally {
    if (!isImported) await putUploadBack(upload)
  }
}
