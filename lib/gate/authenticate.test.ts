import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { newRefreshToken } from '#lib/auth/session/refresh-token.ts'
import { secondsLater } from '#lib/testing/factories.ts'
import { bearer } from '#lib/testing/requests.ts'
import { authenticate, isPrefetch } from './authenticate.ts'
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts'
import { isSignedCall, RENEWAL_PATH, SIGNATURE_HEADER } from './renewal-call.ts'

const RENEWED = {
  access: 'new access',
  accessExpires: '2026-11-20T12:15:00.000Z',
  refresh: 'new refresh',
  refreshExpires: null,
}
const refreshToken = newRefreshToken()
const requestId = randomUUID()
const ADDRESS = '203.0.113.9'

/** This server's internal route, where the gate looks for it. */
let calls: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
let answer: { status: number; body: string } | 'hang up'
const server = createServer(async (request, response) => {
  calls.push({ path: request.url ?? '', headers: request.headers, body: await text(request) })
  if (answer === 'hang up') request.socket.destroy()
  else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
})

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  process.env.PORT = String(typeof address === 'object' ? address?.port : '')
})

afterAll(() => {
  server.close()
})

beforeEach(() => {
  calls = []
  answer = { status: 200, body: JSON.stringify(RENEWED) }
})

/** An access token with so many seconds left. */
async function access(secondsLeft: number, lifetimeSeconds = 900, sessionId = randomUUID()): Promise<string> {
  const subject = { userId: randomUUID(), email: 'ada@example.com', sessionId }
  const issuedAt = secondsLater(new Date(), secondsLeft - lifetimeSeconds)
  const sessionExpiresAt = secondsLater(issuedAt, lifetimeSeconds)
  return (await issueAccessToken({ ...subject, sessionExpiresAt }, issuedAt)).token
}

/** What the gate makes of a browser with these tokens. */
function admitWith(
  tokens: { access?: string; refresh?: string },
  { headers = {}, mayRenew = true }: { headers?: Record<string, string>; mayRenew?: boolean } = {},
) {
  const cookie = Object.entries(tokens).map(([name, value]) => `taskward.${name}=${value}`)
  const all = {
    cookie: cookie.join('; '),
    [CLIENT_ADDRESS_HEADER]: ADDRESS,
    'user-agent': 'vitest',
    ...headers,
  }
  return authenticate(new Headers(all), mayRenew, requestId)
}

describe('no renewal is asked for', () => {
  afterEach(() => expect(calls).toEqual([]))

  test('by a stranger', async () => {
    expect(await admitWith({})).toEqual({ state: 'anonymous' })
  })

  test('by an access token that lasts, or has no refresh token beside it', async () => {
    expect(await admitWith({ access: await access(900), refresh: refreshToken })).toEqual({ state: 'known' })
    expect(await admitWith({ access: await access(310), refresh: refreshToken })).toEqual({ state: 'known' })
    expect(await admitWith({ access: await access(10) })).toEqual({ state: 'known' })
    expect(await admitWith({ access: await access(-60) })).toEqual({ state: 'anonymous' })
  })

  test('by a short token with more than a third of its life left', async () => {
    const tokens = { access: await access(40, 90), refresh: refreshToken }
    expect(await admitWith(tokens)).toEqual({ state: 'known' })
  })

  test('by a request of another site', async () => {
    expect(await admitWith({ refresh: refreshToken }, { mayRenew: false })).toEqual({ state: 'anonymous' })
  })

  test('by a client program, whose cookies are ignored', async () => {
    const bad = { headers: bearer('x.y.z') }
    expect(await admitWith({ access: await access(900), refresh: refreshToken }, bad)).toEqual({
      state: 'anonymous',
    })
    const good = { headers: bearer(await access(10)) }
    expect(await admitWith({ refresh: refreshToken }, good)).toEqual({ state: 'known' })
  })

  test('by two access tokens that are both valid: whose browser this is cannot be known', async () => {
    const cookie = `taskward.access=${await access(10)}; taskward.access=${await access(10)}; taskward.refresh=x`
    expect(await authenticate(new Headers({ cookie }), true, requestId)).toEqual({ state: 'anonymous' })
  })

  test('by a prefetch, which has to be asked for again if it needs one', async () => {
    const prefetch = { headers: { 'next-router-prefetch': '1' } }
    expect(await admitWith({ refresh: refreshToken }, prefetch)).toEqual({ state: 'stale' })
    expect(await admitWith({ access: await access(60), refresh: refreshToken }, prefetch)).toEqual({
      state: 'known',
    })
  })

  test.each(['refresh=x', 'xtaskward.refresh=x', 'taskward.refresh='])(
    'by a cookie like %j',
    async (cookie) => {
      expect(await authenticate(new Headers({ cookie }), true, requestId)).toEqual({ state: 'anonymous' })
    },
  )
})

describe('a session is renewed', () => {
  test.each([
    ['is missing', async () => undefined],
    ['is over', () => access(-1)],
    ['has 5 minutes left', () => access(299)],
    ['has a third of its short life left', () => access(29, 90)],
    ['is forged', async () => `${(await access(900)).slice(0, -4)}AAAA`],
    ['is no token', async () => 'x'],
  ])('when its access token %s', async (_, make) => {
    const token = await make()
    const tokens = { ...(token && { access: token }), refresh: refreshToken }
    expect(await admitWith(tokens)).toEqual({ state: 'known', renewed: RENEWED })
    expect(calls).toHaveLength(1)
  })

  test('by one signed call that names the token and whose request it is', async () => {
    await admitWith({ refresh: refreshToken })
    const [call] = calls
    expect(call?.path).toBe(RENEWAL_PATH)
    expect(JSON.parse(call?.body ?? '')).toEqual({
      refreshToken,
      clientAddress: ADDRESS,
      userAgent: 'vitest',
      requestId,
    })
    expect(await isSignedCall(String(call?.headers[SIGNATURE_HEADER]), call?.body ?? '')).toBe(true)
    expect(call?.headers.cookie).toBeUndefined()
  })
})

describe('the call names what the browser’s cookies say of its session', () => {
  const sentWith = async (...cookies: string[]) => {
    await authenticate(new Headers({ cookie: cookies.join('; ') }), true, requestId)
    return JSON.parse(calls[0]?.body ?? '')
  }

  test('the session of a valid access token, and of none beside it', async () => {
    const [own, other] = [randomUUID(), randomUUID()]
    const cookies = [await access(-60, 900, other), await access(60, 900, own)].map(
      (one) => `taskward.access=${one}`,
    )
    expect(await sentWith(...cookies, 'taskward.refresh=a')).toMatchObject({ sessionIds: [own] })
  })

  test('the sessions of expired ones, but of no forged one', async () => {
    const [first, second] = [randomUUID(), randomUUID()]
    const forged = `${(await access(900)).slice(0, -4)}AAAA`
    const tokens = [await access(-60, 900, first), await access(-3600, 900, second), forged, 'x']
    const cookies = tokens.map((one) => `taskward.access=${one}`)
    expect((await sentWith(...cookies, 'taskward.refresh=a')).sessionIds).toEqual([first, second])
  })

  test('every different refresh token, and the only device', async () => {
    const cookies = ['a', 'b', 'a', 'c'].map((one) => `taskward.refresh=${one}`)
    const sent = await sentWith(...cookies, 'taskward.device=d')
    expect(sent).toMatchObject({ refreshToken: 'a', rivals: ['b', 'c'], deviceToken: 'd' })
  })
})

test('a refusal makes a request anonymous, unless its access token is still good', async () => {
  answer = { status: 401, body: '{}' }
  expect(await admitWith({ refresh: refreshToken })).toEqual({ state: 'anonymous' })
  expect(await admitWith({ access: await access(60), refresh: refreshToken })).toEqual({ state: 'known' })
})

test.each<[string, typeof answer]>([
  ['too many requests', { status: 429, body: '{}' }],
  ['a mistake of ours', { status: 500, body: '{}' }],
  ['no database', { status: 503, body: '{}' }],
  ['no such route', { status: 404, body: '{}' }],
  ['something else on this port', { status: 200, body: '<html>' }],
  ['half an answer', { status: 200, body: JSON.stringify({ ...RENEWED, refresh: null }) }],
  ['no answer', 'hang up'],
])('%s says nothing about the token: undecided, or as good as the access token is', async (_, failure) => {
  answer = failure
  expect(await admitWith({ refresh: refreshToken })).toEqual({ state: 'undecided' })
  expect(await admitWith({ access: await access(60), refresh: refreshToken })).toEqual({ state: 'known' })
})

test.each([
  [{ 'next-router-prefetch': '1' }, true],
  [{ 'next-router-segment-prefetch': '/_tree' }, true],
  [{ 'sec-purpose': 'prefetch;prerender' }, true],
  [{ purpose: 'prefetch' }, true],
  [{ rsc: '1' }, false],
  [{ 'sec-purpose': 'noprefetching' }, false],
  [{}, false],
])('%j is a prefetch: %s', (headers, is) => {
  expect(isPrefetch(new Headers(Object.entries(headers)))).toBe(is)
})
