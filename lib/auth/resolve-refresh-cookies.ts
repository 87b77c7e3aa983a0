import { db } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { hashToken } from './hash-token.ts'
import { isSessionActive, SESSION_STATE } from './session/is-session-active.ts'

/** A refresh token that the database knows, of a session in a browser. */
type KnownToken = {
  token: string
  createdAt: Date
  rotatedAt: Date | null
  session: { id: string; userId: string; isActive: boolean }
}

/**
 * Decides which refresh cookie of a browser is its own. A neighbouring subdomain, or an older version of this site,
 * may have left further ones.
 * @param sessionIds the sessions that the browser's access cookies name: a refresh token of another one never counts
 * @returns the token, which may still be worth nothing; `CONFLICT` when cookies of different sessions claim to be it
 */
export async function resolveRefreshCookies(
  tokens: string[],
  sessionIds: string[] = [],
  now = new Date(),
): Promise<Result<string, 'NONE' | 'CONFLICT'>> {
  const [first] = tokens
  if (first === undefined) return err('NONE')
  if (tokens.length === 1 && sessionIds.length === 0) return ok(first)
  const known = await findKnown(tokens, now)
  // What names no session switches nobody to another account: the rotation refuses it, and records that.
  return known.length === 0 ? ok(first) : chooseAmong(known, sessionIds)
}

/**
 * The pure part. Ended sessions have a say as well: the browser's own may be over while a planted one is active.
 * Only tokens of one account leave a choice, and only if exactly one of its sessions is active.
 */
function chooseAmong(known: KnownToken[], sessionIds: string[]): Result<string, 'CONFLICT'> {
  const own = sessionIds.length === 0 ? known : known.filter(({ session }) => sessionIds.includes(session.id))
  const [candidate] = own
  if (!candidate || own.some(({ session }) => session.userId !== candidate.session.userId))
    return err('CONFLICT')
  const active = own.filter(({ session }) => session.isActive)
  if (new Set(active.map(({ session }) => session.id)).size > 1) return err('CONFLICT')
  // A used one beside its successor is a leftover: presenting it would end the session as copied.
  const [newest = candidate] = active.toSorted(byUse)
  return ok(newest.token)
}

/** Unused ones first, then the newest. */
function byUse(a: KnownToken, b: KnownToken): number {
  return (
    Number(a.rotatedAt !== null) - Number(b.rotatedAt !== null) ||
    b.createdAt.getTime() - a.createdAt.getTime()
  )
}

async function findKnown(tokens: string[], now: Date): Promise<KnownToken[]> {
  const byHash = new Map(tokens.map((token) => [toKey(hashToken(token)), token]))
  const rows = await db().refreshToken.findMany({
    where: { tokenHash: { in: tokens.map(hashToken) }, session: { transport: 'cookie' } },
    select: {
      tokenHash: true,
      createdAt: true,
      rotatedAt: true,
      expiresAt: true,
      session: {
        select: { id: true, userId: true, ...SESSION_STATE },
      },
    },
  })
  return rows.map(({ tokenHash, createdAt, rotatedAt, expiresAt, session }) => ({
    token: byHash.get(toKey(tokenHash)) ?? '',
    createdAt,
    rotatedAt,
    session: {
      id: session.id,
      userId: session.userId,
      isActive: expiresAt > now && isSessionActive(session, now),
    },
  }))
}

function toKey(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64')
}
