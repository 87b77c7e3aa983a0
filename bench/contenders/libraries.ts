import { randomUUID } from 'node:crypto'
import type { PlannedRequest } from '../load/plan.ts'
import { ask, send } from '../load/send.ts'
import { type Contender, CROWD, crowdEmail, PASSWORD, READER, remember, type World } from './contender.ts'
import { type Accounts, type Place, startPeer } from './peer.ts'

const NEW_ACCOUNTS = 500

export function startBetterAuth(world: World): Promise<Contender> {
  return startMode('better-auth, session in the database', {
    world,
    cookieCache: '',
    targets: accountTargets,
  })
}

export function startBetterAuthCached(world: World): Promise<Contender> {
  // Log-ins and sign-ups are the same in both modes.
  return startMode('better-auth, session in a signed cookie', {
    world,
    cookieCache: '1',
    targets: () => ({}),
  })
}

type Mode = { world: World; cookieCache: string; targets: (place: Place) => Contender['targets'] }

function startMode(title: string, { world, cookieCache, targets }: Mode): Promise<Contender> {
  const env = { BETTER_AUTH_COOKIE_CACHE: cookieCache, BENCH_MIGRATES: '1' }
  return startPeer({ path: '/better-auth', title, env, accounts: betterAuthAccounts, targets }, world)
}

function accountTargets({ origin, sql }: Place): Contender['targets'] {
  return {
    'log-in': async () => {
      await insertCrowd(sql)
      return {
        origin,
        requests: Array.from({ length: CROWD }, (_, member) => logIn(origin, crowdEmail(member))),
      }
    },
    'sign-up': async () => ({
      origin,
      requests: Array.from({ length: NEW_ACCOUNTS }, () => signUp(origin, `${randomUUID()}@example.com`)),
    }),
  }
}

function betterAuthAccounts({ origin }: Place): Accounts {
  const headersOf = remember(async (email) => {
    const { cookies } = await send(origin, logIn(origin, email))
    return { cookie: cookies.map((line) => line.split(';')[0]).join('; ') }
  })
  return {
    signUp: async (email) => {
      const { user } = (await ask(origin, signUp(origin, email))) as { user: { id: string } }
      return user.id
    },
    headersOf,
    // The name of a session, under a signature that is not the server's.
    forgedHeaders: async () => {
      const { cookie } = await headersOf(READER)
      return { cookie: cookie.replaceAll(/=([^;]{8})/g, (_, start) => `=${[...start].reverse().join('')}`) }
    },
  }
}

export function startNextAuth(world: World): Promise<Contender> {
  const title = 'next-auth, session in the database'
  return startPeer({ path: '/next-auth', title, accounts: nextAuthAccounts }, world)
}

/** Sessions that its adapter would have written: next-auth logs in by identity providers, which no benchmark has. */
function nextAuthAccounts({ sql }: Place): Accounts {
  return {
    signUp: async (email) =>
      (await sql.query('INSERT INTO users (email) VALUES ($1) RETURNING id', [email])).rows[0]?.id,
    headersOf: remember(async (email) => {
      const token = randomUUID()
      await sql.query(
        `INSERT INTO sessions ("userId", expires, "sessionToken")
         SELECT id, now() + interval '30 days', $2 FROM users WHERE email = $1`,
        [email, token],
      )
      return { cookie: `authjs.session-token=${token}` }
    }),
    forgedHeaders: async () => ({ cookie: `authjs.session-token=${randomUUID()}` }),
  }
}

/** Copies of the reader under other addresses, once. */
async function insertCrowd(sql: Place['sql']): Promise<void> {
  await sql.query(
    `WITH made AS (
       INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
       SELECT gen_random_uuid(), 'Member', 'member-' || number || '@example.com', false, now(), now()
       FROM generate_series(0, ${CROWD - 1}) AS number
       ON CONFLICT DO NOTHING RETURNING id
     )
     INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
     SELECT gen_random_uuid(), made.id, 'credential', made.id, account.password, now(), now()
     FROM made, account JOIN "user" ON "user".id = account."userId" WHERE "user".email = $1`,
    [READER],
  )
}

type Credentials = { origin: string; email: string; password: string; name?: string }

function logIn(origin: string, email: string): PlannedRequest {
  return post('/api/auth/sign-in/email', { origin, email, password: PASSWORD })
}

function signUp(origin: string, email: string): PlannedRequest {
  return post('/api/auth/sign-up/email', { origin, name: 'Reader', email, password: PASSWORD })
}

/** As a browser sends it: better-auth refuses a post without an origin. */
function post(path: string, { origin, ...body }: Credentials): PlannedRequest {
  return { method: 'POST', path, headers: { origin }, body }
}
