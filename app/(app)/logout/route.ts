import { getActor } from '#lib/auth/actor.ts'
import { logOutBrowser } from '#lib/auth/log-out.ts'
import { readCookies } from '#lib/gate/credentials.ts'
import { ACCOUNT_FIELD } from '#lib/gate/form-fields.ts'
import { refusePage } from '#lib/gate/refuse-page.ts'
import { isSameOriginForm } from '#lib/gate/same-origin.ts'
import { clientOf } from '#lib/http/client.ts'
import { setFlashMessage, setLoggedOut } from '#lib/http/flash-message.ts'
import { redirectResponse } from '#lib/http/redirect-response.ts'
import { clearSessionCookies } from '#lib/http/session-cookies.ts'
import { logUnexpected } from '#lib/log.ts'

/**
 * Logs this browser out. A plain form posts here, so that the document and the memory of its scripts end, too. Needs no
 * valid access token, and clears the cookies even while the database is unavailable. If the page belongs to another
 * account than the browser's, the browser stays logged in.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOriginForm(request.headers)) return refusePage('FOREIGN_FORM', request)
  const client = clientOf(request.headers)
  try {
    const field = (await request.formData().catch(() => null))?.get(ACCOUNT_FIELD)
    const account = field ? String(field) : null
    const isDone = await logOutBrowser(readCookies(request.headers), { client, account, now: new Date() })
    if (!isDone) {
      const actor = await getActor()
      if (actor) await setFlashMessage('stayed-logged-in', actor)
      return redirectResponse('/tasks?stayed')
    }
  } catch (error) {
    logUnexpected(error, client.requestId)
  }
  await clearSessionCookies()
  await setLoggedOut()
  return redirectResponse('/login')
}

/** For an address that was typed or prefetched: a GET request ends no session. */
export function GET(): Response {
  return redirectResponse('/')
}
