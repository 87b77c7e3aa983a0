import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { processorMs } from '#lib/testing/processor-time.ts'
import { secondsLater } from '#lib/time.ts'
import { replaceTokens } from './cookie-header.ts'
import { readAccessToken, readActingCookies, readCookies } from './credentials.ts'

function tokenIn(headers: Record<string, string>) {
  return readAccessToken(new Headers(headers), new Date())
}

function cookiesIn(cookie: string) {
  return readCookies(new Headers({ cookie }))
}

async function aToken(issuedAt = new Date()): Promise<string> {
  const subject = { userId: randomUUID(), email: 'ada@example.com', sessionId: randomUUID() }
  const sessionExpiresAt = secondsLater(issuedAt, 3600)
  return (await issueAccessToken({ ...subject, sessionExpiresAt }, issuedAt)).token
}

const anExpiredToken = () => aToken(secondsLater(new Date(), -3600))

test('returns no token without credentials', async () => {
  for (const headers of [{}, { cookie: '' }, { cookie: 'theme=dark' }, { cookie: 'taskward.access=' }]) {
    expect(await tokenIn(headers as Record<string, string>)).toEqual({ token: null, source: 'none' })
  }
})

describe('the Authorization header', () => {
  test.each(['Bearer abc.def.ghi', 'bearer abc.def.ghi', 'BEARER   abc.def.ghi'])(
    '%j',
    async (authorization) => {
      expect(await tokenIn({ authorization })).toEqual({ token: 'abc.def.ghi', source: 'header' })
    },
  )

  test.each([
    'Bearer',
    'bearer ',
    'Bearer a b',
    'Bearer a, Bearer b',
    'Bearer ä',
    'Bearer "a"',
    'Bearer,a',
    'Bearer\ta',
  ])('%j is a malformed bearer token and disables cookies', async (authorization) => {
    const headers = { authorization, cookie: 'taskward.access=good; taskward.refresh=good' }
    expect(await tokenIn(headers)).toEqual({ token: null, source: 'header' })
    expect(readActingCookies(new Headers(headers))).toEqual({
      accessTokens: [],
      refreshTokens: [],
      deviceToken: undefined,
    })
  })

  test.each([
    '',
    'Basic YTpi',
    'abc.def.ghi',
    'Bearerabc',
    'Bearer-x a',
    '\xa0Bearer a',
    'x Bearer a',
    'Digest Bearer',
  ])('%j has another scheme, so cookies count', async (authorization) => {
    const headers = { authorization, cookie: 'taskward.access=good; taskward.refresh=good' }
    expect(await tokenIn(headers)).toEqual({ token: 'good', source: 'cookie' })
    expect(readActingCookies(new Headers(headers)).refreshTokens).toEqual(['good'])
  })

  test('returns cookies to log-out whatever the header contains', () => {
    const headers = new Headers({
      authorization: 'Bearer x',
      cookie: 'taskward.access=a; taskward.refresh=b',
    })
    expect(readCookies(headers)).toEqual({
      accessTokens: ['a'],
      refreshTokens: ['b'],
      deviceToken: undefined,
    })
  })
})

describe('a cookie’s name', () => {
  test('is found among others, with spaces and tabs around name and value', () => {
    for (const cookie of [
      'a=1; taskward.refresh=b; c=2',
      'taskward.refresh=b',
      '\t taskward.refresh \t=\t b \t;x',
    ]) {
      expect(cookiesIn(cookie).refreshTokens, cookie).toEqual(['b'])
    }
  })

  test.each([
    'xtaskward.refresh=b',
    'taskward.refreshx=b',
    'taskward_refresh=b',
    'a=taskward.refresh=b',
    'Taskward.refresh=b',
    'taskward.refresh',
    '=taskward.refresh=b',
  ])('is not mistaken for %j', (cookie) => {
    expect(cookiesIn(cookie).refreshTokens).toEqual([])
  })

  test('is compared byte for byte: no byte before or after it is ignored but space and tab', () => {
    for (let byte = 0x01; byte <= 0xff; byte++) {
      const character = String.fromCharCode(byte)
      // The parser of HTTP lets none of these through, and the last two end a pair and a name.
      if (/[\0\r\n;=]/.test(character)) continue
      const expected = /[ \t]/.test(character) ? ['b'] : []
      for (const name of [`${character}taskward.refresh`, `taskward.refresh${character}`]) {
        const headers = { get: (wanted: string) => (wanted === 'cookie' ? `x=1; ${name}=b` : null) }
        expect(readCookies(headers as Headers).refreshTokens, `byte ${byte}`).toEqual(expected)
      }
    }
  })

  test('a value is taken byte for byte: no quotes, no percent signs are resolved', () => {
    expect(
      cookiesIn('taskward.refresh="a"; taskward.refresh=%61; taskward.refresh=a\xa0').refreshTokens,
    ).toEqual(['"a"', '%61', 'a\xa0'])
  })
})

describe('of several cookies with one name', () => {
  test('treats identical copies as one', async () => {
    const token = await aToken()
    const cookie = `taskward.access=${token}; taskward.access=${token}; taskward.device=d; taskward.device=d`
    expect(await tokenIn({ cookie })).toEqual({ token, source: 'cookie' })
    expect(cookiesIn(cookie).deviceToken).toBe('d')
  })

  test('uses the access token that verifies, wherever it is', async () => {
    const [good, expired] = [await aToken(), await anExpiredToken()]
    for (const others of [['garbage'], [expired], ['e30.e30.e30', expired, '']]) {
      for (const order of [
        [...others, good],
        [good, ...others],
      ]) {
        const cookie = order.map((value) => `taskward.access=${value}`).join('; ')
        expect(await tokenIn({ cookie })).toEqual({ token: good, source: 'cookie' })
      }
    }
  })

  test('uses no access token if two different ones verify', async () => {
    const cookie = `taskward.access=${await aToken()}; taskward.access=x; taskward.access=${await aToken()}`
    expect(await tokenIn({ cookie })).toEqual({ token: null, source: 'conflict' })
  })

  test('returns all refresh tokens, and no device', () => {
    const cookie = 'taskward.refresh=a; taskward.refresh=b; taskward.device=c; taskward.device=d'
    expect(cookiesIn(cookie)).toEqual({ accessTokens: [], refreshTokens: ['a', 'b'], deviceToken: undefined })
  })
})

describe('with a COOKIE_PREFIX of its own', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('neither reads nor replaces the cookies of another instance on the same host', async () => {
    vi.resetModules()
    vi.stubEnv('COOKIE_PREFIX', 'work')
    const own = await import('./credentials.ts')
    const header = await import('./cookie-header.ts')
    const { isRedirectLoop } = await import('./redirect-loop.ts')
    const neighbours = ['taskward', 'Work', 'workx', 'xwork', '__Host-work', '%77ork']
    const foreign = neighbours.flatMap((prefix) =>
      ['access', 'refresh', 'device', 'sent-on'].map((name) => `${prefix}.${name}=2`),
    )
    const headers = new Headers({ cookie: foreign.join('; ') })
    expect(await own.readAccessToken(headers, new Date())).toEqual({ token: null, source: 'none' })
    expect(own.readCookies(headers)).toEqual({
      accessTokens: [],
      refreshTokens: [],
      deviceToken: undefined,
    })
    expect(isRedirectLoop(headers)).toBe(false)
    const replaced = header.replaceTokens(headers, { access: 'a', refresh: 'r' })
    expect(replaced).toBe([...foreign, 'work.access=a', 'work.refresh=r'].join('; '))
    expect(own.readCookies(new Headers({ cookie: replaced })).refreshTokens).toEqual(['r'])
  })
})

test('replaces every old token with the renewed one, and nothing else', () => {
  const cookie =
    'taskward.access=a; theme=dark; \ttaskward.refresh =b; taskward.access=c;\xa0taskward.access=d; taskward.device=e'
  const replaced = replaceTokens(new Headers({ cookie }), { access: 'new', refresh: 'newer' })
  expect(replaced).toBe(
    'theme=dark; \xa0taskward.access=d; taskward.device=e; taskward.access=new; taskward.refresh=newer',
  )
})

test('reads a header of 16 KB within a moment', () => {
  const bombs = [
    `taskward.access=${' '.repeat(16_000)}x`,
    'taskward.access=x;'.repeat(900),
    ' ;'.repeat(8000),
  ]
  expect(processorMs(() => bombs.forEach(cookiesIn))).toBeLessThan(200)
})
