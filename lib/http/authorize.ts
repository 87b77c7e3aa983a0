import type { Client } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { authorizeAdmin } from '#lib/auth/authorize-admin.ts'
import { type AuthenticatedActor, authenticate } from '#lib/auth/session/authenticate.ts'
import type { Failure } from '#lib/failure.ts'
import { readAccessToken } from '#lib/gate/credentials.ts'
import { isSameOrigin } from '#lib/gate/same-origin.ts'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * `bearer`: clients with a bearer token. `signed-in`: these, and browsers with a session. `actor`, `owner` (the user
 * that the path names) and `admin`: the same, without a required password change.
 */
export type Access = 'public' | 'bearer' | 'signed-in' | 'actor' | 'owner' | 'admin'

type Rule = { access: Access; params: Record<string, string>; client: Client; now: Date }

type Refusal = Failure<'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND' | 'PASSWORD_CHANGE_REQUIRED'>

const BEFORE_PASSWORD_CHANGE: Access[] = ['bearer', 'signed-in']

/**
 * @returns the actor, or null for a public endpoint; in this order `UNAUTHORIZED`, `FORBIDDEN` for another user's path
 *   or a cross-origin cookie, `NOT_FOUND` for a caller who is not an administrator, `PASSWORD_CHANGE_REQUIRED`
 */
export async function authorize(
  request: Request,
  { access, params, client, now }: Rule,
): Promise<Result<AuthenticatedActor | null, Refusal>> {
  if (access === 'public') return ok(null)
  const { token, source } = await readAccessToken(request.headers, now)
  if (source === 'cookie') {
    if (access === 'bearer') return err({ code: 'UNAUTHORIZED' })
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (!isSafe && !isSameOrigin(request.headers)) return err({ code: 'FORBIDDEN' })
  }
  const actor = await authenticate(token, { client, now })
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
