import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { newRefreshToken } from '#lib/auth/session/refresh-token.ts'
import { bearer } from '#lib/testing/requests.ts'
import { secondsLater } from '#lib/time.ts'
import { authenticateRequest, isPrefetch } from './authenticate-request.ts'
import { CLIENT_ADDRESS_HEADER, SIGNATURE_HEADER } from './internal-headers.ts'
import { isSignedCall, RENEWAL_PATH } from './renewal-call.ts'

const RENEWED = {
  access: 'new access',
  accessExpires: '2026-11-20T12:15:00.000Z',
  refresh: 'new refresh',
  refreshExpires: null,
}
const refreshToken = newRefreshToken()
const requestId = randomUUID()
const ADDRESS = '203.0.113.9'

/** A test double of this server's internal route. */
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

async function access(secondsLeft: number, lifetimeSeconds = 900, sessionId = randomUUID()): Promise<string> {
  const subject = { userId: randomUUID(), email: 'ada@example.com', sessionId }
  const issuedAt = secondsLater(new Date(), secondsLeft - lifetimeSeconds)
  const sessionExpiresAt = secondsLater(issuedAt, lifetimeSeconds)
  return (await issueAccessToken({ ...subject, sessionExpiresAt }, issuedAt)).token
}

function authenticateBrowser(cookie: string) {
  return authenticateRequest(new Headers({ cookie }), { mayRenew: true, requestId, now: new Date() })
}

function authenticateWith(
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
  return authenticateRequest(new Headers(all), { mayRenew, requestId, now: new Date() })
}

describe('does not renew', () => {
  afterEach(() => expect(calls).toEqual([]))

  test('a visitor without tokens', async () => {
    expect(await authenticateWith({})).toEqual({ state: 'anonymous' })
  })

  test('an access token that lasts, or comes without a refresh token', async () => {
    expect(await authenticateWith({ access: await access(900), refresh: refreshToken })).toEqual({
      state: 'authenticated',
    })
    expect(await authenticateWith({ access: await access(310), refresh: refreshToken })).toEqual({
      state: 'authenticated',
    })
    expect(await authenticateWith({ access: await access(10) })).toEqual({ state: 'authenticated' })
    expect(await authenticateWith({ access: await access(-60) })).toEqual({ state: 'anonymous' })
  })

  test('a short token with more than a third of its lifetime left', async () => {
    const tokens = { access: await access(40, 90), refresh: refreshToken }
    expect(await authenticateWith(tokens)).toEqual({ state: 'authenticated' })
  })

  test('on a request of another site', async () => {
    expect(await authenticateWith({ refresh: refreshToken }, { mayRenew: false })).toEqual({
      state: 'anonymous',
    })
  })

  test('a client program, whose cookies are ignored', async () => {
    const bad = { headers: bearer('x.y.z') }
    expect(await authenticateWith({ access: await access(900), refresh: refreshToken }, bad)).toEqual({
      state: 'anonymous',
    })
    const good = { headers: bearer(await access(10)) }
    expect(await authenticateWith({ refresh: refreshToken }, good)).toEqual({ state: 'authenticated' })
  })

  test('two different valid access tokens, which leave the account ambiguous', async () => {
    const cookie = `taskward.access=${await access(10)}; taskward.access=${await access(10)}; taskward.refresh=x`
    expect(await authenticateBrowser(cookie)).toEqual({ state: 'anonymous' })
  })

  test('on a prefetch, which is stale if it would need a renewal', async () => {
    const prefetch = { headers: { 'next-router-prefetch': '1' } }
    expect(await authenticateWith({ refresh: refreshToken }, prefetch)).toEqual({ state: 'stale' })
    expect(await authenticateWith({ access: await access(60), refresh: refreshToken }, prefetch)).toEqual({
      state: 'authenticated',
    })
  })

  test.each(['refresh=x', 'xtaskward.refresh=x', 'taskward.refresh='])(
    'a browser with only the cookie %j',
    async (cookie) => {
      expect(await authenticateBrowser(cookie)).toEqual({ state: 'anonymous' })
    },
  )
})

describe('renews a session', () => {
  test.each([
    ['is missing', async () => undefined],
    ['has expired', () => access(-1)],
    ['has 5 minutes left', () => access(299)],
    ['has a third of its short lifetime left', () => access(29, 90)],
    ['is forged', async () => `${(await access(900)).slice(0, -4)}AAAA`],
    ['is not a token', async () => 'x'],
  ])('when its access token %s', async (_, make) => {
    const token = await make()
    const tokens = { ...(token && { access: token }), refresh: refreshToken }
    expect(await authenticateWith(tokens)).toEqual({ state: 'authenticated', renewed: RENEWED })
    expect(calls).toHaveLength(1)
  })

  test('by one signed call with the token, the client and the request id', async () => {
    await authenticateWith({ refresh: refreshToken })
    const [call] = calls
    expect(call?.path).toBe(RENEWAL_PATH)
    expect(JSON.parse(call?.body ?? '')).toEqual({
      refreshToken,
      clientAddress: ADDRESS,
      userAgent: 'vitest',
      requestId,
    })
    const signed = { signature: String(call?.headers[SIGNATURE_HEADER]), body: call?.body ?? '' }
    expect(await isSignedCall(signed, new Date())).toBe(true)
    expect(call?.headers.cookie).toBeUndefined()
  })
})

describe('sends the renewal route', () => {
  const sentWith = async (...cookies: string[]) => {
    await authenticateBrowser(cookies.join('; '))
    return JSON.parse(calls[0]?.body ?? '')
  }

  test('only the session of the valid access token', async () => {
    const [own, other] = [randomUUID(), randomUUID()]
    const cookies = [await access(-60, 900, other), await access(60, 900, own)].map(
      (one) => `taskward.access=${one}`,
    )
    expect(await sentWith(...cookies, 'taskward.refresh=a')).toMatchObject({ sessionIds: [own] })
  })

  test('the sessions of expired access tokens, and none of a forged one', async () => {
    const [first, second] = [randomUUID(), randomUUID()]
    const forged = `${(await access(900)).slice(0, -4)}AAAA`
    const tokens = [await access(-60, 900, first), await access(-3600, 900, second), forged, 'x']
    const cookies = tokens.map((one) => `taskward.access=${one}`)
    expect((await sentWith(...cookies, 'taskward.refresh=a')).sessionIds).toEqual([first, second])
  })

  test('every different refresh token, and the device if there is one', async () => {
    const cookies = ['a', 'b', 'a', 'c'].map((one) => `taskward.refresh=${one}`)
    const sent = await sentWith(...cookies, 'taskward.device=d')
    expect(sent).toMatchObject({ refreshToken: 'a', rivals: ['b', 'c'], deviceToken: 'd' })
  })
})

test('treats a refused renewal as anonymous unless the access token is still valid', async () => {
  answer = { status: 401, body: '{}' }
  expect(await authenticateWith({ refresh: refreshToken })).toEqual({ state: 'anonymous' })
  expect(await authenticateWith({ access: await access(60), refresh: refreshToken })).toEqual({
    state: 'authenticated',
  })
})

test.each<[string, typeof answer]>([
  ['too many requests', { status: 429, body: '{}' }],
  ['an internal error', { status: 500, body: '{}' }],
  ['no database', { status: 503, body: '{}' }],
  ['no such route', { status: 404, body: '{}' }],
  ['another program on this port', { status: 200, body: '<html>' }],
  ['an incomplete answer', { status: 200, body: JSON.stringify({ ...RENEWED, refresh: null }) }],
  ['no answer', 'hang up'],
])('after %s a request is undecided unless its access token is still valid', async (_, failure) => {
  answer = failure
  expect(await authenticateWith({ refresh: refreshToken })).toEqual({ state: 'undecided' })
  expect(await authenticateWith({ access: await access(60), refresh: refreshToken })).toEqual({
    state: 'authenticated',
  })
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
