import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'
import { refusePage } from '#lib/gate/refuse-page.ts'
import { isSameOriginForm } from '#lib/gate/same-origin.ts'
import { saveDraft } from '#lib/http/drafts.ts'
import { redirectResponse } from '#lib/http/redirect-response.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'

/**
 * Saves the text of a form whose session has ended as a draft, then redirects to the log-in page. The gate rewrites such
 * posts to this route, and components/session/session-monitor.tsx posts here.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOriginForm(request.headers)) return refusePage('FOREIGN_FORM', request)
  const { pathname, search, searchParams } = new URL(request.url)
  // A request that the gate rewrote still has the address of its page.
  const next = safeRedirect(pathname === DRAFT_PATH ? searchParams.get('next') : pathname + search)
  const form = await request.formData().catch(() => null)
  if (form) await saveDraft(form, next)
  return redirectResponse(`/login?next=${encodeURIComponent(next)}`)
}

export function GET(): Response {
  return redirectResponse('/login')
}
