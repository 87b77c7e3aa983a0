import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { EnvironmentError } from './edge.ts'
import { readNodeEnv } from './node.ts'

const strong = () => randomBytes(32).toString('base64url')
const required = () => ({ JWT_SECRET: strong(), PASSWORD_PEPPER: strong(), AUDIT_SEAL_SECRET: strong() })

function refusal(source: Record<string, string>): string {
  try {
    readNodeEnv({ ...required(), ...source })
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError)
    return (error as Error).message
  }
  return 'accepted'
}

test('needs only three secrets', () => {
  expect(readNodeEnv(required())).toMatchObject({
    databaseUrl: null,
    databaseDirectUrl: null,
    trustedProxyHops: 0,
    keepAliveSeconds: 75,
    accessTokenTtlSeconds: 900,
    refreshTokenTtlSeconds: 604_800,
    sessionTtlSeconds: 2_592_000,
    bcryptCost: 12,
    rateLimits: {},
    requireConfirmedEmail: false,
    signUpAnswer: 'conflict',
    metricsToken: null,
    logLevel: 'info',
  })
})

test.each(['JWT_SECRET', 'PASSWORD_PEPPER', 'AUDIT_SEAL_SECRET'])(
  '%s is required and must be strong',
  (name) => {
    expect(refusal({ [name]: '' })).toMatch(new RegExp(`^${name} is not set`))
    expect(refusal({ [name]: 'a'.repeat(64) })).toMatch(new RegExp(`^${name} is too weak`))
  },
)

test('refuses one value for two secrets', () => {
  const shared = strong()
  expect(refusal({ JWT_SECRET: shared, PASSWORD_PEPPER: `${strong()},${shared}` })).toMatch(/share a value/)
  expect(refusal({ JWT_SECRET: shared, METRICS_TOKEN: shared })).toMatch(/share a value/)
  expect(refusal({ AUDIT_SEAL_SECRET: shared, ALERT_WEBHOOK_SECRET: shared })).toMatch(/share a value/)
})

test('refuses a direct connection without a pooler', () => {
  const url = 'postgresql://taskward@db.example.org/taskward'
  expect(refusal({ DATABASE_DIRECT_URL: url })).toMatch(/^DATABASE_URL must be set/)
  expect(refusal({ DATABASE_DIRECT_URL: 'db.example.org', DATABASE_URL: url })).toMatch(
    /^DATABASE_DIRECT_URL must be a URL/,
  )
  expect(refusal({ DATABASE_DIRECT_URL: url, DATABASE_URL: url })).toBe('accepted')
})

test.each(['0', '3601', '1.5', '75s', '-1'])('refuses KEEP_ALIVE_SECONDS=%s', (seconds) => {
  expect(refusal({ KEEP_ALIVE_SECONDS: seconds })).toBe(
    'KEEP_ALIVE_SECONDS must be a whole number from 1 to 3600.',
  )
})

describe('BCRYPT_COST', () => {
  test.each(['10', '15'])('accepts a production cost of %s', (cost) => {
    expect(readNodeEnv({ ...required(), BCRYPT_COST: cost }).bcryptCost).toBe(Number(cost))
  })

  test.each(['9', '4', '16', '12.5'])('%s is refused', (cost) => {
    expect(refusal({ BCRYPT_COST: cost })).toBe('BCRYPT_COST must be a whole number from 10 to 15.')
    expect(refusal({ BCRYPT_COST: cost, NODE_ENV: 'production' })).toMatch(/^BCRYPT_COST/)
  })

  test('is cheap under test only', () => {
    expect(readNodeEnv({ ...required(), BCRYPT_COST: '4', NODE_ENV: 'test' }).bcryptCost).toBe(4)
    expect(readNodeEnv({ ...required(), BCRYPT_COST: '4', TASKWARD_TEST: '1' }).bcryptCost).toBe(4)
    expect(refusal({ BCRYPT_COST: '3', NODE_ENV: 'test' })).toMatch(/^BCRYPT_COST/)
  })
})

describe('RATE_LIMITS', () => {
  test('overrides limits by name', () => {
    const { rateLimits } = readNodeEnv({
      ...required(),
      RATE_LIMITS: 'login.pair=10/60, signup.address=1000/3600',
    })
    expect(rateLimits).toEqual({
      'login.pair': { count: 10, seconds: 60 },
      'signup.address': { count: 1000, seconds: 3600 },
    })
  })

  test.each([
    'login.pare=1/1',
    'toString=1/1',
    'login.pair',
    'login.pair=0/60',
    'login.pair=5/0',
    'login.pair=5/60,',
  ])('%s is refused', (value) =>
    expect(refusal({ RATE_LIMITS: value })).toMatch(/^RATE_LIMITS must be a list .*login\.pair\.hour/),
  )
})

describe('ALERT_THRESHOLDS', () => {
  test('overrides thresholds by pattern', () => {
    const { alertThresholds } = readNodeEnv({
      ...required(),
      ALERT_THRESHOLDS: 'account_failures=3/15, session_two_networks=3/300',
    })
    expect(alertThresholds).toEqual({
      account_failures: { count: 3, seconds: 15 },
      session_two_networks: { count: 3, seconds: 300 },
    })
  })

  test.each(['account_failure=1/60', 'account_failures=0/60', 'account_failures=3/60;'])('%s', (value) => {
    expect(refusal({ ALERT_THRESHOLDS: value })).toMatch(/^ALERT_THRESHOLDS must be a list .*signup_burst/)
  })

  test('refuses a window shorter than the interval of the watch', () => {
    const source = { ALERT_THRESHOLDS: 'signup_burst=5/14' }
    expect(refusal(source)).toMatch(/^ALERT_THRESHOLDS must give signup_burst 15 seconds or more/)
    expect(refusal({ ...source, WATCH_INTERVAL_SECONDS: '14' })).toBe('accepted')
  })

  test('refuses one network per session, which every session has', () => {
    const message = refusal({ ALERT_THRESHOLDS: 'session_two_networks=1/300' })
    expect(message).toMatch(/^ALERT_THRESHOLDS must give session_two_networks a count of 2/)
  })
})

test.each(['12345678', 'the-token-of-prometheus', 'a b c d e f', 'a'.repeat(64), strong().slice(0, 42)])(
  'METRICS_TOKEN=%s is too weak: guesses are not throttled',
  (token) => {
    const message = refusal({ METRICS_TOKEN: token })
    expect(message).toMatch(/^METRICS_TOKEN is too weak: .*randomBytes/)
    expect(message).not.toContain(token)
  },
)

test('accepts a METRICS_TOKEN as strong as the other secrets', () => {
  const METRICS_TOKEN = strong()
  expect(readNodeEnv({ ...required(), METRICS_TOKEN }).metricsToken).toBe(METRICS_TOKEN)
})

test('requires a strong ALERT_WEBHOOK_SECRET with ALERT_WEBHOOK_URL', () => {
  for (const secret of ['', 'hunter2']) {
    const message = refusal({
      ALERT_WEBHOOK_URL: 'https://hooks.example.org',
      ALERT_WEBHOOK_SECRET: secret,
    })
    expect(message).toMatch(/^ALERT_WEBHOOK_SECRET is (not set|too weak): .*randomBytes/)
    expect(message).not.toMatch(/npm start/)
  }
})

test.each(['mailto:security@example.org', 'mailto:a@b.example?subject=x', 'https://example.org/security'])(
  'SECURITY_CONTACT=%s is taken as it is',
  (contact) => {
    expect(readNodeEnv({ ...required(), SECURITY_CONTACT: contact }).securityContact).toBe(contact)
  },
)

test('MAIL_FROM is required with SMTP_URL, and else names this site', () => {
  expect(refusal({ SMTP_URL: 'smtps://mail.example.org' })).toMatch(/^MAIL_FROM is not set: SMTP_URL needs/)
  const { mailFrom, smtp } = readNodeEnv({ ...required(), APP_URL: 'https://tasks.example.org' })
  expect({ mailFrom, smtp }).toEqual({
    mailFrom: { name: 'Taskward', address: 'taskward@tasks.example.org' },
    smtp: null,
  })
})

test.each([
  ['SMTP_URL', 'smtps://hunter2@mail.example.org'],
  ['MAIL_FROM', 'no-reply@'],
  ['SECURITY_CONTACT', 'security@example.org'],
  ['SECURITY_CONTACT', 'mailto:'],
  ['SECURITY_CONTACT', 'http://example.org/security'],
  ['SECURITY_CONTACT', 'https://'],
  ['SECURITY_CONTACT', 'javascript:alert(1)'],
  ['SECURITY_CONTACT', 'mailto:a@b.example\nExpires: never'],
  ['SOURCE_URL', 'javascript:alert(1)'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['DATABASE_URL', 'localhost'],
  ['DATABASE_URL', 'postgresql://a:b@db.example.org/x?sslmode=verify_full'],
  ['DATABASE_URL', 'postgresql://a:b@db.example.org/x?sslmode=disable&sslmode='],
  ['TRUSTED_PROXY_HOPS', '-1'],
  ['TRUSTED_PROXY_HOPS', 'true'],
  ['REFRESH_TOKEN_TTL_SECONDS', '0'],
  ['SESSION_TTL_SECONDS', '1e400'],
  ['LOG_LEVEL', 'verbose'],
])('%s=%s is refused by name, and the value is not shown', (name, value) => {
  const message = refusal({ [name]: value })
  expect(message).toMatch(new RegExp(`^${name} must`))
  expect(message).not.toContain(` ${value} `)
})
