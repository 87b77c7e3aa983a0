import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { newRefreshToken } from '#lib/auth/session/refresh-token.ts'
import { currentSecret, forgeToken, goodClaims } from '#lib/testing/forge-token.ts'
import { secondsLater } from '#lib/time.ts'
import thirdParty from '../testing/vectors/tokens/third-party-weak-secret-tokens.json' with { type: 'json' }
import { signingKeys } from './signing-keys.ts'
import { verifyAccessToken } from './verify-access-token.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const INVALID = { ok: false, error: { code: 'TOKEN_INVALID' } }
const EXPIRED = { ok: false, error: { code: 'TOKEN_EXPIRED' } }

async function goodHeader(own: Record<string, unknown> = {}) {
  const [newest] = await signingKeys()
  return { alg: 'HS256', typ: 'at+jwt', kid: newest!.kid, ...own }
}

async function signedWith(claims: Record<string, unknown>, header: Record<string, unknown> = {}) {
  return forgeToken(await goodHeader(header), { ...goodClaims(NOW), ...claims }, currentSecret())
}

const subject = {
  userId: randomUUID(),
  email: 'ada@example.com',
  sessionId: randomUUID(),
  sessionExpiresAt: secondsLater(NOW, 100_000),
}

describe('accepted', () => {
  test('an issued token, for 15 minutes', async () => {
    const { token, expiresAt, expiresInSeconds } = await issueAccessToken(subject, NOW)
    expect(expiresInSeconds).toBe(900)
    const { userId, email, sessionId } = subject
    expect(await verifyAccessToken(token, NOW)).toEqual({
      ok: true,
      value: { userId, email, sessionId, expiresAt, lifetimeSeconds: 900 },
    })
    expect(await verifyAccessToken(token, secondsLater(NOW, 904))).toMatchObject({ ok: true })
    expect(await verifyAccessToken(token, secondsLater(NOW, 906))).toEqual(EXPIRED)
  })

  test('a hand-made valid token, so that each token below has one fault', async () => {
    expect(await verifyAccessToken(await signedWith({}), NOW)).toMatchObject({ ok: true })
  })

  test('claims that later versions may add', async () => {
    expect(await verifyAccessToken(await signedWith({ scope: 'tasks' }), NOW)).toMatchObject({ ok: true })
  })
})

test('an access token never outlives its session', async () => {
  const sessionExpiresAt = secondsLater(NOW, 100)
  const { token, expiresInSeconds } = await issueAccessToken({ ...subject, sessionExpiresAt }, NOW)
  expect(expiresInSeconds).toBe(100)
  expect(await verifyAccessToken(token, secondsLater(NOW, 106))).toEqual(EXPIRED)
})

test('each token has an id of its own', async () => {
  const tokens = await Promise.all([1, 2, 3].map(() => issueAccessToken(subject, NOW)))
  const ids = tokens.map(({ token }) => JSON.parse(atob(token.split('.')[1]!)).jti)
  expect(new Set(ids).size).toBe(3)
})

describe('garbage', () => {
  test.each([
    '',
    ' ',
    '.',
    '..',
    '...',
    'null',
    'undefined',
    'a.b.c',
    'eyJhbGciOiJIUzI1NiJ9..',
    '{"payload":"","protected":"","signature":""}',
    '\0',
    '😀.😀.😀',
    `${'a'.repeat(5000)}.b.c`,
    newRefreshToken(),
  ])('%j is refused, not thrown about', async (token) => {
    expect(await verifyAccessToken(token, NOW)).toEqual(INVALID)
  })

  test('rejects a token with anything added', async () => {
    const token = await signedWith({})
    for (const spoilt of [`${token}.`, `.${token}`, `${token}.x`, token.slice(0, -2), `${token}AAAA`]) {
      expect(await verifyAccessToken(spoilt, NOW)).toEqual(INVALID)
    }
  })

  test.each(thirdParty.tokens)('rejects a token from a tutorial: %j', async ({ token }) => {
    expect(await verifyAccessToken(token, new Date())).toEqual(INVALID)
  })
})

describe('forged signatures', () => {
  test.each(['none', 'None', 'NONE', 'nOnE', ''])('alg %j without a signature', async (alg) => {
    const unsigned = forgeToken(await goodHeader({ alg }), goodClaims(NOW), currentSecret())
    const [header, payload] = unsigned.split('.')
    expect(await verifyAccessToken(`${header}.${payload}.`, NOW)).toEqual(INVALID)
    expect(await verifyAccessToken(unsigned, NOW)).toEqual(INVALID)
  })

  test.each([
    ['HS512', 'sha512'],
    ['HS384', 'sha384'],
    ['HS256', 'sha512'],
    ['RS256', 'sha256'],
    ['ES256', 'sha256'],
    ['dir', 'sha256'],
  ])('alg %s signed with %s', async (alg, hash) => {
    const token = forgeToken(await goodHeader({ alg }), goodClaims(NOW), currentSecret(), hash)
    expect(await verifyAccessToken(token, NOW)).toEqual(INVALID)
  })

  test.each(['', 'secret', randomBytes(32).toString('base64url')])('another key: %j', async (secret) => {
    expect(await verifyAccessToken(forgeToken(await goodHeader(), goodClaims(NOW), secret), NOW)).toEqual(
      INVALID,
    )
  })

  test('the decoded bytes of the secret are not the key', async () => {
    const [header, payload] = (await signedWith({})).split('.')
    const key = Buffer.from(currentSecret(), 'base64url')
    const signature = createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url')
    expect(await verifyAccessToken(`${header}.${payload}.${signature}`, NOW)).toEqual(INVALID)
  })

  test('another payload under a good signature', async () => {
    const [header, , signature] = (await signedWith({})).split('.')
    const payload = Buffer.from(JSON.stringify(goodClaims(NOW))).toString('base64url')
    expect(await verifyAccessToken(`${header}.${payload}.${signature}`, NOW)).toEqual(INVALID)
  })

  test('any single changed byte', async () => {
    const token = await signedWith({})
    for (let i = 0; i < token.length - 1; i += 7) {
      const spoilt = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1)
      expect(await verifyAccessToken(spoilt, NOW)).toEqual(INVALID)
    }
  })
})

describe('headers', () => {
  test.each<[string, Record<string, unknown>]>([
    ['no kid', { kid: undefined }],
    ['an unknown kid', { kid: '0123456789abcdef' }],
    ['a kid of another type', { kid: 1 }],
    ['a kid that is a path', { kid: '../../dev/null' }],
    ['a kid of the prototype', { kid: '__proto__' }],
    ['no typ', { typ: undefined }],
    ['an ID token', { typ: 'JWT' }],
    ['a logout token', { typ: 'logout+jwt' }],
    ['an unknown critical header', { crit: ['x'], x: 1 }],
    ['a known critical header', { crit: ['b64'], b64: true }],
    ['an unencoded payload', { crit: ['b64'], b64: false }],
    ['an empty crit', { crit: [] }],
  ])('%s', async (_, header) => {
    expect(await verifyAccessToken(await signedWith({}, header), NOW)).toEqual(INVALID)
  })

  test('ignores a key inside the token', async () => {
    const secret = randomBytes(32).toString('base64url')
    const jwk = { kty: 'oct', k: Buffer.from(secret).toString('base64url') }
    const token = forgeToken(await goodHeader({ jwk, jku: 'https://evil.example/' }), goodClaims(NOW), secret)
    expect(await verifyAccessToken(token, NOW)).toEqual(INVALID)
  })
})

describe('claims', () => {
  const names = Object.keys(goodClaims(NOW))

  test.each(names)('%s missing', async (name) => {
    expect(await verifyAccessToken(await signedWith({ [name]: undefined }), NOW)).toEqual(INVALID)
  })

  test.each(
    names.flatMap((name) => [null, true, [], {}, [goodClaims(NOW)[name]]].map((value) => [name, value])),
  )('%s as %j', async (name, value) => {
    expect(await verifyAccessToken(await signedWith({ [String(name)]: value }), NOW)).toEqual(INVALID)
  })

  test.each(['iat', 'exp'])('%s as text', async (name) => {
    const value = String(goodClaims(NOW)[name])
    expect(await verifyAccessToken(await signedWith({ [name]: value }), NOW)).toEqual(INVALID)
  })

  test.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'https://evil.example' }],
    ['a list of audiences', { aud: ['https://evil.example', goodClaims(NOW).aud] }],
    ['a user id that is not the subject', { user_id: randomUUID() }],
    ['a subject that is no UUID', { sub: 'admin', user_id: 'admin' }],
    ['a subject that is SQL', { sub: "' OR 1=1 --", user_id: "' OR 1=1 --" }],
    ['a session that is no UUID', { sid: '1' }],
  ])('%s', async (_, claims) => {
    expect(await verifyAccessToken(await signedWith(claims), NOW)).toEqual(INVALID)
  })

  test.each(['[]', 'null', '"x"', '1', '', '{', '{}'])('%j instead of claims', async (claims) => {
    expect(await verifyAccessToken(forgeToken(await goodHeader(), claims, currentSecret()), NOW)).toEqual(
      INVALID,
    )
  })
})

describe('times', () => {
  const seconds = NOW.getTime() / 1000

  test('expired', async () => {
    const token = await signedWith({ iat: seconds - 906, exp: seconds - 6 })
    expect(await verifyAccessToken(token, NOW)).toEqual(EXPIRED)
  })

  test.each<[string, Record<string, unknown>]>([
    ['issued in the future', { iat: seconds + 6, exp: seconds + 906 }],
    ['not valid yet', { nbf: seconds + 6 }],
    ['an end one second too late', { exp: seconds + 901 }],
    ['an end ten years ahead', { exp: seconds + 315_360_000 }],
    ['an end before the start', { iat: seconds, exp: seconds - 1 }],
    ['an end at the start', { iat: seconds, exp: seconds }],
    ['a negative start', { iat: -1 }],
    ['nbf as text', { nbf: '0' }],
  ])('%s', async (_, claims) => {
    expect(await verifyAccessToken(await signedWith(claims), NOW)).toEqual(INVALID)
  })

  test.each([
    ['exp', '1e400'],
    ['iat', '-1e400'],
  ])('%s of %s, which JSON reads as infinite', async (name, number) => {
    const claims = JSON.stringify({ ...goodClaims(NOW), [name]: 12345 }).replace('12345', number)
    expect(await verifyAccessToken(forgeToken(await goodHeader(), claims, currentSecret()), NOW)).toEqual(
      INVALID,
    )
  })
})

describe('a token that was verified before', () => {
  const checks = vi.spyOn(crypto.subtle, 'verify')

  afterAll(() => checks.mockRestore())

  async function countChecks(token: string, now = NOW): Promise<number> {
    const before = checks.mock.calls.length
    expect(await verifyAccessToken(token, now)).toMatchObject({ ok: true })
    return checks.mock.calls.length - before
  }

  test('has the same claims without a second check of its signature', async () => {
    const { token } = await issueAccessToken(subject, NOW)
    const first = await verifyAccessToken(token, NOW)
    expect(await countChecks(token)).toBe(0)
    expect(await verifyAccessToken(token, NOW)).toEqual(first)
  })

  test('expires all the same, and is not valid before its start', async () => {
    const { token } = await issueAccessToken(subject, NOW)
    await verifyAccessToken(token, NOW)
    expect(await verifyAccessToken(token, secondsLater(NOW, 906))).toEqual(EXPIRED)
    expect(await verifyAccessToken(token, secondsLater(NOW, -6))).toEqual(INVALID)
    const early = await signedWith({ nbf: NOW.getTime() / 1000 })
    await verifyAccessToken(early, NOW)
    expect(await verifyAccessToken(early, secondsLater(NOW, -6))).toEqual(INVALID)
  })

  test('lends nothing to another text', async () => {
    const { token } = await issueAccessToken(subject, NOW)
    await verifyAccessToken(token, NOW)
    // jose accepts a space at the end.
    expect(await countChecks(`${token} `)).toBe(1)
    const changed = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`
    for (const other of [token.slice(0, -1), changed, token.toLowerCase()]) {
      expect(await verifyAccessToken(other, NOW)).toEqual(INVALID)
    }
  })

  test('is not displaced by tokens that are invalid', async () => {
    const { token } = await issueAccessToken(subject, NOW)
    await verifyAccessToken(token, NOW)
    const [header, payload] = token.split('.')
    for (let i = 0; i < 2_500; i++) await verifyAccessToken(`${header}.${payload}.${i}`, NOW)
    expect(await countChecks(token)).toBe(0)
  })

  test('is checked again once 2,000 later ones were verified', async () => {
    const { token } = await issueAccessToken(subject, NOW)
    await verifyAccessToken(token, NOW)
    for (let i = 0; i < 2_000; i++) {
      const { token: later } = await issueAccessToken({ ...subject, sessionId: randomUUID() }, NOW)
      await verifyAccessToken(later, NOW)
    }
    expect(await countChecks(token)).toBe(1)
  })
})

describe('a ring of secrets', () => {
  afterEach(() => vi.unstubAllEnvs())

  /** Issuing and verifying as a process started with these secrets does. */
  async function startedWith(...secrets: string[]) {
    vi.resetModules()
    vi.stubEnv('JWT_SECRET', secrets.join(','))
    const { issueAccessToken: issue } = await import('#lib/auth/issue-access-token.ts')
    const { verifyAccessToken: verify } = await import('./verify-access-token.ts')
    return { issue, verify }
  }

  test('accepts a token of the older secret until that secret is removed', async () => {
    const [older, newer] = [1, 2].map(() => randomBytes(32).toString('base64url')) as [string, string]
    const { token } = await (await startedWith(older)).issue(subject, NOW)
    expect(await (await startedWith(newer, older)).verify(token, NOW)).toMatchObject({ ok: true })
    expect(await (await startedWith(newer)).verify(token, NOW)).toEqual(INVALID)
  })

  test('the newest secret signs', async () => {
    const [older, newer] = [1, 2].map(() => randomBytes(32).toString('base64url')) as [string, string]
    const { token } = await (await startedWith(newer, older)).issue(subject, NOW)
    expect(await (await startedWith(newer)).verify(token, NOW)).toMatchObject({ ok: true })
    expect(await (await startedWith(older)).verify(token, NOW)).toEqual(INVALID)
  })

  test('a kid of one secret with a signature of another', async () => {
    const [older, newer] = [1, 2].map(() => randomBytes(32).toString('base64url')) as [string, string]
    const { token } = await (await startedWith(older)).issue(subject, NOW)
    const header = JSON.parse(atob(token.split('.')[0]!))
    const { verify } = await startedWith(newer, older)
    expect(await verify(forgeToken(header, goodClaims(NOW), newer), NOW)).toEqual(INVALID)
  })
})
