import { describeForeignPage, FORM_FIELD, PAGE_IS_OUTDATED } from './form-fields.ts'
import { isActionCall, isKnownAction, readPostedForm } from './posted-form.ts'
import { refusePage } from './refuse-page.ts'
import { RETRY_AFTER } from './request-failures.ts'
import { packReturnedForm } from './returned-form.ts'
import { verifyAccessToken } from './verify-access-token.ts'

/** To `refused` the gate sends its response. To `returned` it renders the page with the form, as the header packs it. */
export type FormCheck =
  | { outcome: 'accepted' }
  | { outcome: 'refused'; response: Response }
  | { outcome: 'returned'; header: string }

const ACTION_NOT_FOUND = {
  'Content-Type': 'text/plain',
  'Cache-Control': 'no-store',
  'x-nextjs-action-not-found': '1',
}

/**
 * Checks a form before Next.js decodes it (docs/decisions/0022-forms-and-builds.md). An outdated action call gets
 * Next.js's mark of an unknown action (409), on which the browser posts the form without the router.
 * @param actingToken the access token that the action would run with; null on a public page
 */
export async function checkForm(
  request: Request,
  { actingToken, now }: { actingToken: string | null; now: Date },
): Promise<FormCheck> {
  const { headers } = request
  if (!isActionCall(headers)) return { outcome: 'accepted' }
  const form = await readPostedForm(request)
  const malformed: FormCheck = { outcome: 'refused', response: refusePage('MALFORMED_FORM', request) }
  if (!form) return malformed
  const { actionId, fields } = form
  const isKnown = actionId !== null && isKnownAction(headers, actionId)
  const foreign = actingToken === null ? null : await describeForeign(fields, { actingToken, now })
  const message = foreign ?? (isKnown ? null : PAGE_IS_OUTDATED)
  if (message === null) return { outcome: 'accepted' }
  if (headers.has('next-action')) {
    const response = new Response(PAGE_IS_OUTDATED, { status: 409, headers: ACTION_NOT_FOUND })
    return { outcome: 'refused', response }
  }
  return fields[FORM_FIELD] ? { outcome: 'returned', header: packReturnedForm(fields, message) } : malformed
}

/** During an outage an action call gets a text, so its page keeps the form. Any other form comes back with a page. */
export async function checkFormInOutage(request: Request): Promise<FormCheck> {
  if (request.headers.has('next-action')) {
    return { outcome: 'refused', response: refusePage('SERVICE_UNAVAILABLE', request, RETRY_AFTER) }
  }
  const form = isActionCall(request.headers) ? await readPostedForm(request) : null
  return { outcome: 'returned', header: packReturnedForm(form?.fields ?? {}, '') }
}

/** The action checks this again: only the gate can return a form on the right page. */
async function describeForeign(
  fields: Record<string, string>,
  { actingToken, now }: { actingToken: string; now: Date },
): Promise<string | null> {
  const claims = await verifyAccessToken(actingToken, now)
  return claims.ok ? describeForeignPage(fields, claims.value) : null
}
