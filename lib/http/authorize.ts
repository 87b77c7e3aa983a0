import type { Client } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { authorizeAdmin } from '#lib/auth/authorize-admin.ts'
import {
  type AuthenticatedActor,
  authenticate,
  type OwnRead,
  type Requirement,
} from '#lib/auth/session/authenticate.ts'
import type { Failure } from '#lib/failure.ts'
import { readAccessToken } from '#lib/gate/credentials.ts'
import { isSameOrigin } from '#lib/gate/same-origin.ts'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * `bearer`: clients with a bearer token. `signed-in`: these, and browsers with a session. `actor`, `owner` (the user
 * that the path names) and `admin`: the same, if nothing is required of the account
 * first. `unconfirmed`: also before its address is confirmed.
 */
export type Access = 'public' | 'bearer' | 'signed-in' | 'unconfirmed' | 'actor' | 'owner' | 'admin'

type Rule = {
  access: Access
  params: Record<string, string>
  client: Client
  now: Date
  read?: OwnRead | undefined
}

type Refusal = Failure<'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND' | Requirement>

const BEFORE: Record<Requirement, Access[]> = {
  PASSWORD_CHANGE_REQUIRED: ['bearer', 'signed-in'],
  EMAIL_NOT_CONFIRMED: ['bearer', 'signed-in', 'unconfirmed'],
}

/**
 * @returns the actor, or null for a public endpoint; in this order `UNAUTHORIZED`, `FORBIDDEN` for another user's path
 *   or a cross-origin cookie, `NOT_FOUND` for a caller who is not an administrator, what is required first
 */
export async function authorize(
  request: Request,
  { access, params, client, now, read }: Rule,
): Promise<Result<(AuthenticatedActor & { own: unknown }) | null, Refusal>> {
  if (access === 'public') return ok(null)
  const { token, source } = await readAccessToken(request.headers, now)
  if (source === 'cookie') {
    if (access === 'bearer') return err({ code: 'UNAUTHORIZED' })
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (!isSafe && !isSameOrigin(request.headers)) return err({ code: 'FORBIDDEN' })
  }
  const actor = await authenticate(token, { client, now, read })
  if (!actor.ok) return err({ code: 'UNAUTHORIZED' })
  if (access === 'owner' && params.userId !== 'me' && params.userId?.toLowerCase() !== actor.value.userId) {
    await recordDenied(actor.value, { failureReason: 'foreign_path' })
    return err({ code: 'FORBIDDEN' })
  }
  if (access === 'admin' && !(await authorizeAdmin(actor.value))) return err({ code: 'NOT_FOUND' })
  const { requirement } = actor.value
  if (requirement && !BEFORE[requirement].includes(access)) return err({ code: requirement })
  return actor
}
