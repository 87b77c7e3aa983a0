import type { Actor } from '#lib/actor.ts'
import type { OwnEvent } from './own-event.ts'

/** What somebody else may have done with the password, or with a copied session. */
const BY_SOMEBODY = [
  'signup',
  'login',
  'login_failed',
  'logout',
  'password_changed',
  'session_revoked',
  'token_refreshed',
  'token_refresh_refused',
  'refresh_token_raced',
  'refresh_token_reused',
  'access_denied',
]

/** Why a session ended by what an event beside it tells of. */
const CONSEQUENCES: unknown[] = ['password_changed', 'replaced', 'too_many_sessions']

/**
 * Whether an event is one of which people may say "This wasn't me": not what this very session did, nor what
 * followed from something else, nor what an administrator did, nor what a stranger did who got nowhere near the account.
 */
export function mayDisown(
  { eventType, failureReason, sessionId, ipAddress, details }: OwnEvent,
  actor: Pick<Actor, 'sessionId'>,
): boolean {
  if (!BY_SOMEBODY.includes(eventType) || failureReason === 'email_taken') return false
  const facts = new Map<string, unknown>(Object.entries(details ?? {}))
  if (CONSEQUENCES.includes(facts.get('reason')) || facts.get('by_session') === actor.sessionId) return false
  return sessionId !== actor.sessionId && ipAddress !== null
}
