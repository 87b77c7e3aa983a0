import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { NextRequest } from 'next/server'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { getActor } from '#lib/auth/actor.ts'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { logOut } from '#lib/auth/log-out.ts'
import { db } from '#lib/db/client.ts'
import { edgeEnv } from '#lib/env/edge.ts'
import { readAccessToken } from '#lib/gate/credentials.ts'
import { isRedirectLoop } from '#lib/gate/redirect-loop.ts'
import { getTokenSessionId } from '#lib/gate/verify-access-token.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { POST as renew } from '../../app/api/internal/renew/route.ts'
import { middleware } from '../../middleware.ts'
import { authorize } from './authorize.ts'

/** What a page gets to see: the headers that the gate has passed on. */
let pageHeaders = new Headers()
vi.mock('next/headers', () => ({ headers: async () => pageHeaders }))

const RUNS = 100
const MAX_HOPS = 8
const client = makeClient()

/** The gate's way to the database, as in production: a call to this very server. */
const server = createServer(async (request, response) => {
  const body = new Uint8Array(await buffer(request))
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const answer = await renew(new Request('http://localhost/', { method: 'POST', headers, body }), {})
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
})

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  process.env.PORT = String(typeof address === 'object' ? address?.port : '')
})

afterAll(() => void server.close())

type Values = Record<(typeof VALUES)[number], string>
const VALUES = [
  ...['ownAccess', 'ownEnding', 'ownExpired', 'ownRefresh', 'oldAccess', 'oldRefresh'],
  ...[
    'foreignAccess',
    'foreignEnding',
    'foreignExpired',
    'foreignRefresh',
    'programRefresh',
    'garbage',
    'empty',
  ],
] as const
type World = { own: string; foreign: string; values: Values }

let victim: TestUser
let attacker: TestUser

beforeEach(async () => {
  await emptyTables()
  victim = await createUser()
  attacker = await createUser()
})

/** A visitor with an active and an ended session, and an attacker with an active one: their tokens of every age. */
async function createWorld(): Promise<World> {
  const [own, old, foreign, program] = [
    await createSession(victim, { transport: 'cookie' }),
    await createSession(victim, { transport: 'cookie' }),
    await createSession(attacker, { transport: 'cookie' }),
    await createSession(attacker, { transport: 'bearer' }),
  ]
  await logOut(old.session.id, { client, now: new Date() })
  const access = async ({ user, session }: typeof own, secondsLeft: number) => {
    const subject = {
      userId: user.id,
      email: user.email,
      sessionId: session.id,
      sessionExpiresAt: session.expiresAt,
    }
    return (await issueAccessToken(subject, secondsLater(new Date(), secondsLeft - 900))).token
  }
  return {
    own: own.session.id,
    foreign: foreign.session.id,
    values: {
      ownAccess: await access(own, 900),
      ownEnding: await access(own, 60),
      ownExpired: await access(own, -60),
      ownRefresh: own.refresh.token,
      oldAccess: await access(old, 900),
      oldRefresh: old.refresh.token,
      foreignAccess: await access(foreign, 900),
      foreignEnding: await access(foreign, 60),
      foreignExpired: await access(foreign, -60),
      foreignRefresh: foreign.refresh.token,
      programRefresh: program.refresh.token,
      garbage: 'garbage',
      empty: '',
    },
  }
}

type Planned = {
  before: string
  purpose: 'access' | 'refresh'
  after: string
  value: keyof Values
  path: string
}
type Cookie = { name: string; value: string; path: string }

const byte = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: fc.constantFrom('\xa0', ' ', '\t', '\x85', '\xff') },
  // No semicolon, which ends a cookie.
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0x20, max: 0xff })
      .map((code) => String.fromCharCode(code))
      .filter((character) => character !== ';'),
  },
)
const cookies: fc.Arbitrary<Planned[]> = fc.array(
  fc.record({
    before: byte,
    purpose: fc.constantFrom('access', 'refresh'),
    after: byte,
    value: fc.constantFrom(...VALUES),
    path: fc.constantFrom('/', '/', '/', '/tasks', '/login'),
  }),
  { maxLength: 5 },
)
const authorizations = ['none', 'none', 'none', 'none', 'own', 'garbage', 'Basic x', ''] as const

/** A browser that follows redirects and keeps cookies, each for its path. */
class Browser {
  readonly jar: Cookie[]
  readonly authorization: string | null

  constructor(jar: Cookie[], authorization: string | null) {
    this.jar = jar
    this.authorization = authorization
  }

  headersFor(path: string): Headers {
    const sent = this.jar
      .filter((cookie) => path.startsWith(cookie.path))
      .sort((a, b) => b.path.length - a.path.length)
    const headers = new Headers()
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ')
    if (cookie) headers.set('cookie', cookie)
    if (this.authorization !== null) headers.set('authorization', this.authorization)
    return headers
  }

  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /; Path=([^;]+)/i.exec(line)?.[1] ?? '/'
      const at = this.jar.findIndex((cookie) => cookie.name === name && cookie.path === path)
      if (at >= 0) this.jar.splice(at, 1)
      this.jar.push({ name, value, path })
    }
  }
}

/** What the gate has the page or endpoint see. */
function passedOn(response: Response): Headers {
  const names = response.headers.get('x-middleware-override-headers')?.split(',') ?? []
  const value = (name: string) => response.headers.get(`x-middleware-request-${name}`) ?? ''
  return new Headers(names.map((name) => [name, value(name)]))
}

async function askGate(browser: Browser, path: string) {
  const headers = browser.headersFor(new URL(path, edgeEnv().appUrl).pathname)
  const response = await middleware(new NextRequest(new URL(path, edgeEnv().appUrl), { headers }))
  browser.keep(response)
  return response
}

/** Whose session an answer's cookies are of. */
async function renewedSession(response: Response): Promise<string | null> {
  const line = response.headers.getSetCookie().find((one) => one.startsWith('taskward.access='))
  return line ? getTokenSessionId(/=([^;]*)/.exec(line)?.[1] ?? '', new Date()) : null
}

/** Visits a page and follows its redirects. @returns where that ends, and as whom */
async function visit(
  browser: Browser,
  start: string,
  onGate: (response: Response, before: Headers) => Promise<void>,
) {
  let path = start
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const before = browser.headersFor(new URL(path, edgeEnv().appUrl).pathname)
    const response = await askGate(browser, path)
    await onGate(response, before)
    const location = response.headers.get('location')
    if (location) {
      path = new URL(location, edgeEnv().appUrl).pathname + new URL(location, edgeEnv().appUrl).search
      continue
    }
    pageHeaders = passedOn(response)
    const actor = await getActor()
    const api = await authorize(new Request('http://localhost/', { headers: pageHeaders }), {
      access: 'actor',
      params: {},
      client,
      now: new Date(),
    })
    expect(api.ok && api.value ? api.value.sessionId : null).toBe(actor?.sessionId ?? null)
    // As the pages decide: requireActor, and the log-in page.
    if (path.startsWith('/login')) {
      if (!actor || (path.includes('next=') && isRedirectLoop(pageHeaders)))
        return { path: '/login', sessionId: null }
      path = new URLSearchParams(path.split('?')[1]).get('next') ?? '/tasks'
    } else {
      if (actor) return { path, sessionId: actor.sessionId }
      path = `/login?next=${encodeURIComponent(path)}`
    }
  }
  throw new Error(`The redirects from ${start} do not end.`)
}

test('with any cookies and headers, gate, page and API see one visitor, no redirect is endless, and no planted session counts', async () => {
  await fc.assert(
    fc.asyncProperty(
      cookies,
      fc.constantFrom(...authorizations),
      fc.constantFrom('/tasks', '/login'),
      async (planned, authorization, start) => {
        const { own, foreign, values } = await createWorld()
        const jar = planned.map(({ before, purpose, after, value, path }) => ({
          name: `${before}taskward.${purpose}${after}`,
          value: values[value],
          path,
        }))
        const header =
          authorization === 'own'
            ? `Bearer ${values.ownAccess}`
            : authorization === 'garbage'
              ? 'Bearer x'
              : authorization
        const browser = new Browser(jar, authorization === 'none' ? null : header)
        const { sessionId } = await visit(browser, start, async (response, before) => {
          const renewed = await renewedSession(response)
          const { token } = await readAccessToken(before, new Date())
          const present = token === null ? null : await getTokenSessionId(token, new Date())
          // A renewal never switches the account that a token of this browser already names.
          if (renewed && present) expect(renewed).toBe(present)
          if (renewed === foreign && present === null) {
            for (const value of [values.ownRefresh, values.oldRefresh]) {
              expect(before.get('cookie')?.split(/; */).includes(`taskward.refresh=${value}`)).toBe(false)
            }
          }
        })
        expect([own, foreign, null]).toContain(sessionId)
        if (authorization === 'own') expect(sessionId).toBe(own)
        if (authorization === 'garbage') expect(sessionId).toBeNull()
        // Nothing that only resembles a name was read: what is left acts alike.
        const readable = planned.filter(
          ({ before, after }) => /^[ \t]?$/.test(before) && /^[ \t]?$/.test(after),
        )
        if (readable.length === 0 && authorization !== 'own') expect(sessionId).toBeNull()
        // No token was presented as if it were stolen.
        expect(await db().session.count({ where: { revokedReason: 'refresh_token_reused' } })).toBe(0)
      },
    ),
    { numRuns: RUNS },
  )
}, 60_000)
