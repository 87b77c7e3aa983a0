import { getActor } from '#lib/auth/actor.ts'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { noteDatabaseError } from '#lib/db/outage.ts'
import type { Failure } from '#lib/failure.ts'
import { ACCOUNT_FIELD } from '#lib/gate/form-fields.ts'
import { refusePage } from '#lib/gate/refuse-page.ts'
import { RETRY_AFTER } from '#lib/gate/request-failures.ts'
import { isSameOriginForm } from '#lib/gate/same-origin.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { previewImport } from '#lib/tasks/import/preview-import.ts'
import { saveUpload } from '#lib/tasks/import/uploads.ts'
import type { FailureCode } from '../failures.ts'
import { clearFlashMessage, setFlashMessage } from '../flash-message.ts'
import { redirectResponse } from '../redirect-response.ts'
import { takeUpload } from '../uploads.ts'
import { admitFile, readAdmittedFile } from './read-file.ts'

const PAGE = '/settings/data'

/**
 * Reads a file and keeps it for the page to preview. A plain form posts here: the bodies of actions are smaller
 * (docs/decisions/0064-large-bodies.md).
 */
export async function receiveFile(request: Request): Promise<Response> {
  if (!isSameOriginForm(request.headers)) return refusePage('FOREIGN_FORM', request)
  try {
    const actor = await getActor()
    if (!actor || actor.requirement) return redirectResponse(PAGE)
    const saved = await saveFile(actor, request)
    if (saved.ok) {
      await clearFlashMessage()
      return redirectResponse(`${PAGE}#preview`)
    }
    await setFlashMessage(`import-refused.${saved.error.code}`, actor)
    return redirectResponse(PAGE)
  } catch (error) {
    if (noteDatabaseError(error)) return refusePage('SERVICE_UNAVAILABLE', request, RETRY_AFTER)
    throw error
  }
}

async function saveFile(
  actor: AuthenticatedActor,
  request: Request,
): Promise<Result<null, Failure<FailureCode>>> {
  const now = new Date()
  const admitted = await admitFile(actor)
  if (!admitted.ok) return admitted
  const file = await findFile(actor, request)
  if (!file.ok) return file
  const read = await readAdmittedFile(actor, file.value, { now })
  if (!read.ok) return read
  await saveUpload(actor, { file: file.value, preview: await previewImport(actor, read.value), now })
  return ok(null)
}

/** @returns `FILE_OF_OTHER_ACCOUNT`; `FILE_NOT_SENT` */
async function findFile(actor: AuthenticatedActor, request: Request) {
  const { bytes, contentType } = await takeUpload(request)
  const body = new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
  const form = await body.formData().catch(() => null)
  const sent = form?.get('file')
  if (form?.get(ACCOUNT_FIELD) !== actor.userId) return err({ code: 'FILE_OF_OTHER_ACCOUNT' })
  // Without a choice browsers send an empty file without a name.
  if (!(sent instanceof File) || (sent.size === 0 && sent.name === '')) return err({ code: 'FILE_NOT_SENT' })
  return ok(new Uint8Array(await sent.arrayBuffer()))
}
