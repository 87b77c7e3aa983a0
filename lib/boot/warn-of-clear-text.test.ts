import { afterEach, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { warnOfClearText } from './warn-of-clear-text.ts'

const NOTHING = {
  databaseUrl: null,
  databaseDirectUrl: null,
  alertWebhook: null,
  otlpEndpoint: null,
  smtp: null,
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** The settings that a start with these warns of. */
function warned(settings: Partial<Parameters<typeof warnOfClearText>[0]>): unknown[] {
  const warn = vi.spyOn(log(), 'warn')
  warnOfClearText({ ...NOTHING, ...settings })
  const lines = warn.mock.calls.map(([line]) => line as { setting: string; problem: string })
  expect(JSON.stringify(lines)).not.toMatch(/hunter2|example\.org/)
  warn.mockRestore()
  return lines.map(({ setting }) => setting)
}
const ofDatabase = (host: string, query = '') =>
  warned({ databaseUrl: `postgresql://taskward:hunter2@${host}/taskward${query}` })

test.each([
  ...['', '?sslmode=disable', '?sslmode=allow', '?sslmode=prefer', '?sslmode=no-verify', '?ssl=0'],
  ...['?sslmode=require&uselibpqcompat=true', '?sslmode=prefer&uselibpqcompat=true', '?ssl=no-verify'],
  ...['?sslmode=verify-full&sslmode=disable', '?application_name=sslmode=verify-full'],
])('a remote database without TLS that checks the certificate is warned about once: %s', (query) => {
  for (const host of [
    'db.example.org:5432',
    '10.0.0.5',
    'db',
    '[2001:db8::1]:5432',
    'localhost.example.org',
  ]) {
    expect(ofDatabase(host, query)).toEqual(['DATABASE_URL'])
  }
})

test.each(['?sslmode=verify-full', '?sslmode=require', '?ssl=true', '?sslnegotiation=direct'])(
  'does not warn about TLS that verifies the certificate: %s',
  (query) => expect(ofDatabase('db.example.org', query)).toEqual([]),
)

test('warns about the connection that goes around a pooler, too', () => {
  const databaseDirectUrl = 'postgresql://taskward:hunter2@db.example.org/taskward'
  expect(warned({ databaseDirectUrl })).toEqual(['DATABASE_DIRECT_URL'])
})

test.each([
  ['starttls', 'mail.example.org', []],
  ['direct', 'mail.example.org', []],
  ['none', '127.0.0.1', []],
  ['none', '::1', []],
  ['none', '10.0.0.5', ['SMTP_URL']],
  ['none', 'mail.example.org', ['SMTP_URL']],
] as const)('mail with TLS %s to %s warns of %j', (tls, host, settings) => {
  expect(warned({ smtp: { host, port: 25, tls, auth: null } })).toEqual(settings)
})

test('reads PGSSLMODE as pg does', () => {
  vi.stubEnv('PGSSLMODE', 'verify-full')
  expect(ofDatabase('db.example.org')).toEqual([])
  expect(ofDatabase('db.example.org', '?sslmode=disable')).toEqual(['DATABASE_URL'])
})

test.each([
  ...['localhost', '127.0.0.1:5433', '127.9.9.9', '[::1]', '[::ffff:127.0.0.1]', 'x.localhost'],
  ...['%2Fvar%2Frun%2Fpostgresql'],
])('what stays on this machine needs none: %s', (host) => {
  expect(ofDatabase(host)).toEqual([])
})

test('prefers the host in the query', () => {
  expect(ofDatabase('db.example.org', '?host=/var/run/postgresql')).toEqual([])
  expect(ofDatabase('localhost', '?host=db.example.org')).toEqual(['DATABASE_URL'])
})

test('warns about neither the embedded database nor unset settings', () => {
  expect(warned({})).toEqual([])
})

test.each([
  ['http://hooks.example.org/x', 1],
  ['http://10.0.0.7:4318', 1],
  ['http://[2001:db8::7]:4318', 1],
  ['https://hooks.example.org/x', 0],
  ['http://localhost:4318', 0],
  ['http://127.0.0.1:4318', 0],
  ['http://[::1]:4318', 0],
])('a webhook and a collector at %s: %i warnings each', (text, times) => {
  const url = new URL(text)
  expect(warned({ otlpEndpoint: url })).toEqual(Array(times).fill('OTEL_EXPORTER_OTLP_ENDPOINT'))
  const alertWebhook = { url, secret: 'hunter2', allowsPrivate: true }
  expect(warned({ alertWebhook })).toEqual(Array(times).fill('ALERT_WEBHOOK_URL'))
})
