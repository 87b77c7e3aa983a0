import { describeForeignPage, FORM_FIELD, PAGE_IS_OUTDATED } from './form-fields.ts'
import { isActionCall, isKnownAction, readPostedForm } from './posted-form.ts'
import { refusePage } from './refuse-page.ts'
import { packReturnedForm } from './returned-form.ts'
import { verifyAccessToken } from './verify-access-token.ts'

const ACTION_NOT_FOUND = {
  'Content-Type': 'text/plain',
  'Cache-Control': 'no-store',
  'x-nextjs-action-not-found': '1',
}

/**
 * Judges what is posted to a page before Next decodes it (docs/decisions/0022-forms-and-builds.md).
 * - Nothing that a form of this site sends: 400.
 * - A form whose action this build lacks, or whose page is another account's, comes back with the page. To the router,
 *   which cannot load a page for it, this is a 409 with Next's mark of an unknown action: the browser then posts the
 *   form without it.
 * @param actingToken the access token that a form of this page acts with; null on a page for visitors
 * @returns null for what may run, an answer, or the header with which the page shows the form again
 */
export async function checkForm(
  request: Request,
  actingToken: string | null,
): Promise<Response | string | null> {
  const { headers } = request
  if (!isActionCall(headers)) return null
  const form = await readPostedForm(request)
  if (!form) return refusePage('MALFORMED_FORM', request)
  const { actionId, fields } = form
  const isKnown = actionId !== null && isKnownAction(headers, actionId)
  const message = (await describeForeign(fields, actingToken)) ?? (isKnown ? null : PAGE_IS_OUTDATED)
  if (message === null) return null
  if (headers.has('next-action')) {
    return new Response(PAGE_IS_OUTDATED, { status: 409, headers: ACTION_NOT_FOUND })
  }
  return fields[FORM_FIELD] ? packReturnedForm(fields, message) : refusePage('MALFORMED_FORM', request)
}

/**
 * What happens to a form while the database is unavailable: an action gets a refusal in words, so that its page keeps what
 * was typed; any other form comes back with the page that says so, which has no action for it.
 */
export async function checkFormInOutage(request: Request): Promise<Response | string> {
  if (request.headers.has('next-action')) {
    return refusePage('SERVICE_UNAVAILABLE', request, { 'Retry-After': '5' })
  }
  const form = isActionCall(request.headers) ? await readPostedForm(request) : null
  return packReturnedForm(form?.fields ?? {}, '')
}

/** A convenience, since only the gate can bring a form back on the right page: the action itself is the authority. */
async function describeForeign(fields: Record<string, string>, token: string | null): Promise<string | null> {
  const claims = token === null ? null : await verifyAccessToken(token)
  return claims?.ok ? describeForeignPage(fields, claims.value) : null
}
