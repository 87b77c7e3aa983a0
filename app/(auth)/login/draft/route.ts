import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'
import { refusePage } from '#lib/gate/refuse-page.ts'
import { isOwnForm } from '#lib/gate/same-origin.ts'
import { keepTypedText } from '#lib/http/drafts.ts'
import { seeOther } from '#lib/http/redirect-response.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'

/**
 * Keeps what was typed in a form whose session has ended, and leads to the log-in. Such forms come from the gate, and
 * from pages that leave by themselves (components/session/session-monitor.tsx).
 */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnForm(request.headers)) return refusePage('FOREIGN_FORM', request)
  const { pathname, searchParams } = new URL(request.url)
  // What the gate hands on has the address of its page still.
  const next = safeRedirect(pathname === DRAFT_PATH ? searchParams.get('next') : pathname)
  const form = await request.formData().catch(() => null)
  if (form) await keepTypedText(form, next.split('?', 1)[0] ?? next)
  return seeOther(`/login?next=${encodeURIComponent(next)}`)
}

/** For an address that was opened by hand. */
export function GET(): Response {
  return seeOther('/login')
}
