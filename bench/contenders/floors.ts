import { join } from 'node:path'
import { SignJWT } from 'jose'
import { type Contender, forge, READER, remember, type World } from './contender.ts'
import { type Accounts, type Peer, type Place, startPeer } from './peer.ts'

export const HTTP_TITLE = 'the same answer by node:http'
const HTTP = [join(import.meta.dirname, '..', 'floors', 'http.ts')]

export function startGated(world: World): Promise<Contender> {
  const gated = floor('/gated', 'bare Next.js route with jose and pg, edge gate')
  const targets: Peer['targets'] = (place, accounts) => ({
    ...gated.targets?.(place, accounts),
    'login-page': async () => ({
      origin: place.origin,
      requests: [{ method: 'GET', path: '/', headers: {} }],
    }),
  })
  return startPeer({ ...gated, targets }, world)
}

export function startUngated(world: World): Promise<Contender> {
  return startPeer(floor('/ungated', 'the same route without a gate'), world)
}

export function startHttp(world: World): Promise<Contender> {
  return startPeer({ ...floor('/http', HTTP_TITLE), args: HTTP }, world)
}

/** The answers of Taskward's API with the least work: a token's signature, and one statement. */
function floor(path: string, title: string): Peer {
  const targets: Peer['targets'] = ({ origin }, accounts) => ({
    'list-bearer': async () => {
      const { cookie = '' } = await accounts.headersOf(READER)
      const headers = { authorization: cookie.replace('access=', 'Bearer ') }
      return { origin, requests: [{ method: 'GET', path: `${path}/tasks`, headers }] }
    },
  })
  return { path, title, accounts: tokenAccounts, targets }
}

/** Accounts that a signed token alone proves. */
function tokenAccounts({ sql, secret }: Place): Accounts {
  const idOf = async (email: string) =>
    String((await sql.query('SELECT id FROM users WHERE email = $1', [email])).rows[0]?.id)
  const tokenOf = remember(async (email) =>
    new SignJWT({ email })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('bench')
      .setSubject(await idOf(email))
      .setIssuedAt()
      .setExpirationTime('15m')
      .sign(new TextEncoder().encode(secret)),
  )
  return {
    signUp: async (email) =>
      (await sql.query('INSERT INTO users (email, last_login_at) VALUES ($1, now()) RETURNING id', [email]))
        .rows[0]?.id,
    headersOf: async (email) => ({ cookie: `access=${await tokenOf(email)}` }),
    forgedHeaders: async () => ({ cookie: `access=${forge(await tokenOf(READER))}` }),
  }
}
