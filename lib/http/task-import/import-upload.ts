import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { QuotaExceeded } from '#lib/tasks/errors.ts'
import type { FileRefusal } from '#lib/tasks/import/errors.ts'
import { importTasks } from '#lib/tasks/import/import-tasks.ts'
import { getUploadedFile, takeUpload } from '#lib/tasks/import/uploads.ts'
import { getBatch } from '#lib/tasks/journal/list-batches.ts'
import type { TaskWriter } from '#lib/tasks/journal/write-tasks.ts'
import { readFile } from './read-file.ts'

type Refusal = Failure<'UPLOAD_NOT_FOUND' | 'RATE_LIMITED'> | FileRefusal | QuotaExceeded

/**
 * Imports the file that the user has seen a preview of, as the batch of the same id. A form that is sent twice imports
 * once, and is answered alike. A file that is not imported stays.
 * @returns `UPLOAD_NOT_FOUND`; `RATE_LIMITED`; `QUOTA_EXCEEDED`; why the file is refused
 */
export async function importUpload(
  actor: AuthenticatedActor,
  { id, now }: { id: string; now: Date },
): Promise<Result<null, Refusal>> {
  const bytes = await getUploadedFile(actor, { id, now })
  if (!bytes) return findImported(actor, { id, now })
  const file = await readFile(actor, bytes, { now })
  if (!file.ok) return file
  const begin = (writer: TaskWriter) => takeUpload(writer, id)
  const written = await importTasks(actor, file.value, { now, batchId: id, begin })
  if (written.ok) return ok(null)
  return written.error.code === 'UPLOAD_NOT_FOUND' ? findImported(actor, { id, now }) : err(written.error)
}

async function findImported(
  actor: AuthenticatedActor,
  { id, now }: { id: string; now: Date },
): Promise<Result<null, Failure<'UPLOAD_NOT_FOUND'>>> {
  return (await getBatch(actor, id, { now })) ? ok(null) : err({ code: 'UPLOAD_NOT_FOUND' })
}
