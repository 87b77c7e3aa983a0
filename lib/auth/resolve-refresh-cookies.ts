import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { hashToken } from './hash-token.ts'
import { isSessionActive, SESSION_STATE } from './session/is-session-active.ts'

type StoredToken = {
  token: string
  createdAt: Date
  rotatedAt: Date | null
  session: { id: string; userId: string; isActive: boolean }
}

type Browser = {
  /** Named by its access cookies. A refresh token of another session never counts. */
  sessionIds?: string[]
  now: Date
}

/**
 * Chooses among duplicate cookies. A neighbouring subdomain or an older version of this site may have set the others.
 * @returns the browser's own token, valid or not; `NO_TOKEN`; `CONFLICTING_COOKIES`
 */
export async function resolveRefreshCookies(
  tokens: string[],
  { sessionIds = [], now }: Browser,
): Promise<Result<string, Failure<'NO_TOKEN' | 'CONFLICTING_COOKIES'>>> {
  const [first] = tokens
  if (first === undefined) return err({ code: 'NO_TOKEN' })
  if (tokens.length === 1 && sessionIds.length === 0) return ok(first)
  const stored = await findTokens(tokens, now)
  // The rotation refuses an unknown token, and records it.
  return stored.length === 0 ? ok(first) : chooseToken(stored, sessionIds)
}

/** Ended sessions count too: the browser's own may have ended while a planted one is active. */
function chooseToken(
  stored: StoredToken[],
  sessionIds: string[],
): Result<string, Failure<'CONFLICTING_COOKIES'>> {
  const own =
    sessionIds.length === 0 ? stored : stored.filter(({ session }) => sessionIds.includes(session.id))
  const [candidate] = own
  if (!candidate || own.some(({ session }) => session.userId !== candidate.session.userId))
    return err({ code: 'CONFLICTING_COOKIES' })
  const active = own.filter(({ session }) => session.isActive)
  if (new Set(active.map(({ session }) => session.id)).size > 1) return err({ code: 'CONFLICTING_COOKIES' })
  // An unused token first: presenting its used predecessor would end the session as copied.
  const [newest = candidate] = active.toSorted(byUse)
  return ok(newest.token)
}

function byUse(a: StoredToken, b: StoredToken): number {
  return (
    Number(a.rotatedAt !== null) - Number(b.rotatedAt !== null) ||
    b.createdAt.getTime() - a.createdAt.getTime()
  )
}

async function findTokens(tokens: string[], now: Date): Promise<StoredToken[]> {
  const byHash = new Map(tokens.map((token) => [toKey(hashToken(token)), token]))
  const rows = await db().refreshToken.findMany({
    where: { tokenHash: { in: tokens.map(hashToken) }, session: { transport: 'cookie' } },
    select: {
      tokenHash: true,
      createdAt: true,
      rotatedAt: true,
      expiresAt: true,
      session: { select: { id: true, userId: true, ...SESSION_STATE } },
    },
  })
  return rows.map(({ tokenHash, createdAt, rotatedAt, expiresAt, session: { id, userId, ...state } }) => ({
    token: byHash.get(toKey(tokenHash)) ?? '',
    createdAt,
    rotatedAt,
    session: { id, userId, isActive: expiresAt > now && isSessionActive(state, now) },
  }))
}

function toKey(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64')
}
