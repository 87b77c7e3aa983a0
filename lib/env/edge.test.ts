import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import vectors from '../testing/vectors/tokens/third-party-weak-secret-tokens.json' with { type: 'json' }
import { EnvironmentError, isStrongSecret, readEdgeEnv } from './edge.ts'

const strong = () => randomBytes(32).toString('base64url')

/** The message with which this environment stops a start. */
function refusal(source: Record<string, string>): string {
  try {
    readEdgeEnv({ JWT_SECRET: strong(), ...source })
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError)
    return (error as Error).message
  }
  return 'accepted'
}

describe('JWT_SECRET', () => {
  test('accepts one secret or a ring, newest first', () => {
    const [newer, older] = [strong(), strong()]
    expect(readEdgeEnv({ JWT_SECRET: `${newer}, ${older}` }).jwtSecrets).toEqual([newer, older])
  })

  test('accepts random secrets in any usual encoding', () => {
    for (const spelling of ['base64url', 'base64', 'hex'] as const) {
      for (let i = 0; i < 1000; i++) expect(isStrongSecret(randomBytes(32).toString(spelling))).toBe(true)
    }
  })

  test.each(vectors.secrets_that_boot_must_refuse)('refuses the well-known secret %j', (secret) => {
    expect(refusal({ JWT_SECRET: secret })).toMatch(/^JWT_SECRET is (not set|too weak):/)
    expect(isStrongSecret(`${secret}-${secret}-${secret}-Ab1`.repeat(4))).toBe(false)
  })

  test.each([
    'a'.repeat(64),
    'aB'.repeat(32),
    '0123456789abcdef'.repeat(4),
    'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP',
    'correct-horse-battery-staple-correct-horse-stable',
    'My-very-long-JWT-Secret-0123-with-all-that-it-takes',
    'f3b1'.repeat(8),
    `${randomBytes(31).toString('base64url')}`,
    `${randomBytes(32).toString('base64url').slice(0, 40)} ü`,
  ])('refuses a secret that is not random: %s', (secret) => {
    expect(refusal({ JWT_SECRET: secret })).toMatch(/^JWT_SECRET is too weak/)
  })

  test('refuses a ring with one weak secret', () => {
    expect(refusal({ JWT_SECRET: `${strong()},secret` })).toMatch(/^JWT_SECRET is too weak/)
    expect(refusal({ JWT_SECRET: `${strong()},` })).toMatch(/^JWT_SECRET is too weak/)
  })

  test('refuses a secret that is listed twice', () => {
    const twice = strong()
    expect(refusal({ JWT_SECRET: `${twice},${twice}` })).toMatch(/^JWT_SECRET names one secret twice/)
  })

  test('reports a problem in one line with the remedy and without the value', () => {
    const message = refusal({ JWT_SECRET: 'hunter2hunter2' })
    expect(message).toMatch(/npm start/)
    expect(message).not.toMatch(/hunter2|\n/)
    expect(refusal({ JWT_SECRET: ' ' })).toMatch(/^JWT_SECRET is not set: .*npm start/)
  })
})

describe('the public origin', () => {
  test('is localhost with the port of this process', () => {
    expect(readEdgeEnv({ JWT_SECRET: strong() }).appUrl.origin).toBe('http://localhost:3000')
    expect(readEdgeEnv({ JWT_SECRET: strong(), PORT: '4321', APP_URL: '' }).appUrl.origin).toBe(
      'http://localhost:4321',
    )
  })

  test.each(['https://tasks.example.org', 'https://tasks.example.org/', 'http://[::1]:8080'])('%s', (url) => {
    expect(readEdgeEnv({ JWT_SECRET: strong(), APP_URL: url }).appUrl.origin).toBe(url.replace(/\/$/, ''))
  })

  test.each([
    'tasks.example.org',
    'ftp://a',
    'https://a/path',
    'https://a?x',
    'https://u:p@a',
    'javascript:1',
  ])('%s is refused', (url) => expect(refusal({ APP_URL: url })).toMatch(/^APP_URL must be an origin/))
})

describe('where the server reaches itself', () => {
  test('is the loopback address with the port of this process, until the server has found its own', () => {
    expect(readEdgeEnv({ JWT_SECRET: strong(), PORT: '4321' }).ownOrigin).toBe('http://127.0.0.1:4321')
    const env = readEdgeEnv({ JWT_SECRET: strong(), TASKWARD_OWN_ORIGIN: 'http://[::1]:4321' })
    expect(env.ownOrigin).toBe('http://[::1]:4321')
  })
})

describe('the rest', () => {
  test.each(['60', '900', '3600'])('accepts an access token lifetime of %s seconds', (value) => {
    const env = readEdgeEnv({ JWT_SECRET: strong(), ACCESS_TOKEN_TTL_SECONDS: value })
    expect(env.accessTokenTtlSeconds).toBe(Number(value))
  })

  test.each(['59', '3601', '-900', '15m', '9e2', '900.5'])(
    'an access token may not live %s seconds',
    (value) => {
      expect(refusal({ ACCESS_TOKEN_TTL_SECONDS: value })).toMatch(/^ACCESS_TOKEN_TTL_SECONDS must be/)
    },
  )

  test('CORS origins are a list, empty by default', () => {
    expect(readEdgeEnv({ JWT_SECRET: strong() }).corsOrigins).toEqual([])
    const env = readEdgeEnv({
      JWT_SECRET: strong(),
      CORS_ORIGINS: 'https://a.example, http://localhost:5173/',
    })
    expect(env.corsOrigins).toEqual(['https://a.example', 'http://localhost:5173'])
  })

  test.each(['*', 'null', 'https://a/path', 'a.example'])('refuses %s as a CORS origin', (value) => {
    expect(refusal({ CORS_ORIGINS: value })).toMatch(/^CORS_ORIGINS must list origins/)
  })

  test.each(['work', 'Team_2', 'a', '_', '-x', 'taskward-staging', 'x'.repeat(32)])(
    'COOKIE_PREFIX may be %j',
    (value) => {
      expect(readEdgeEnv({ JWT_SECRET: strong(), COOKIE_PREFIX: value }).cookiePrefix).toBe(value)
    },
  )

  test('COOKIE_PREFIX is taskward where it is blank or not set', () => {
    for (const source of [{}, { COOKIE_PREFIX: '' }, { COOKIE_PREFIX: ' ' }]) {
      expect(readEdgeEnv({ JWT_SECRET: strong(), ...source }).cookiePrefix).toBe('taskward')
    }
  })

  test.each([
    ...['__Host-work', '__Secure-', '__', 'a.b', 'a b', ' work', 'work ', 'a;b', 'a=b', 'a,b', '"a"', 'a/b'],
    ...['ä', 'wörk', '木', 'a\tb', 'a\nb', 'work\n', 'a\0', 'x'.repeat(33)],
  ])('COOKIE_PREFIX %j stops a start with one line that names it', (value) => {
    expect(refusal({ COOKIE_PREFIX: value })).toMatch(/^COOKIE_PREFIX must be 1 to 32 [^\n]+$/)
  })
})
