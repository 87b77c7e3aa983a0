import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'
import { refusePage } from '#lib/gate/refuse-page.ts'
import { isOwnForm } from '#lib/gate/same-origin.ts'
import { keepTypedText } from '#lib/http/drafts.ts'
import { seeOther } from '#lib/http/redirect-response.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'

/**
 * Saves the text of a form whose session has ended as a draft, then redirects to the log-in page. The gate rewrites such
 * posts to this route, and components/session/session-monitor.tsx posts here.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnForm(request.headers)) return refusePage('FOREIGN_FORM', request)
  const { pathname, searchParams } = new URL(request.url)
  // A request that the gate rewrote still has the path of its page.
  const next = safeRedirect(pathname === DRAFT_PATH ? searchParams.get('next') : pathname)
  const form = await request.formData().catch(() => null)
  if (form) await keepTypedText(form, next.split('?', 1)[0] ?? next)
  return seeOther(`/login?next=${encodeURIComponent(next)}`)
}

export function GET(): Response {
  return seeOther('/login')
}
