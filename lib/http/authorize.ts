import type { Client } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { authorizeAdmin } from '#lib/auth/authorize-admin.ts'
import { type AuthenticatedActor, authenticate } from '#lib/auth/session/authenticate.ts'
import type { Failure } from '#lib/failure.ts'
import { readAccessToken } from '#lib/gate/credentials.ts'
import { isSameOrigin } from '#lib/gate/same-origin.ts'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * Who may call an endpoint: anybody; a bearer of a token; anybody signed in; the same, but nobody who has to change the
 * password first, as in all that follow; the user whom the path names; administrators.
 */
export type Access = 'public' | 'bearer' | 'signed-in' | 'actor' | 'owner' | 'admin'

type Refusal = Failure<'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND' | 'PASSWORD_CHANGE_REQUIRED'>

/** What works before a required change of the password: to log out, and to see who one is. */
const BEFORE_PASSWORD_CHANGE: Access[] = ['bearer', 'signed-in']

/**
 * Applies an endpoint's access rule: the token (401), then the owner (403) or the role (404), then whether the password
 * has to be changed first (403). Null for an open endpoint, which looks at no token.
 */
export async function authorize(
  request: Request,
  access: Access,
  params: Record<string, string>,
  client: Client,
): Promise<Result<AuthenticatedActor | null, Refusal>> {
  if (access === 'public') return ok(null)
  const { token, source } = await readAccessToken(request.headers, new Date())
  if (source === 'cookie') {
    if (access === 'bearer') return err({ code: 'UNAUTHORIZED' })
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (!isSafe && !isSameOrigin(request.headers)) return err({ code: 'FORBIDDEN' })
  }
  const actor = await authenticate(token, { client, now: new Date() })
  if (!actor.ok) return err({ code: 'UNAUTHORIZED' })
  if (access === 'owner' && params.userId !== 'me' && params.userId?.toLowerCase() !== actor.value.userId) {
    await recordDenied(actor.value, { failureReason: 'foreign_path' })
    return err({ code: 'FORBIDDEN' })
  }
  if (access === 'admin' && !(await authorizeAdmin(actor.value))) return err({ code: 'NOT_FOUND' })
  if (actor.value.mustChangePassword && !BEFORE_PASSWORD_CHANGE.includes(access)) {
    return err({ code: 'PASSWORD_CHANGE_REQUIRED' })
  }
  return actor
}
