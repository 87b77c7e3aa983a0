import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SmtpServer } from '#lib/env/smtp.ts'
import { type MailServer, startMailServer } from '#lib/testing/mail-server.ts'
import { selfSignedCertificate } from '#lib/testing/self-signed-certificate.ts'
import { sendBySmtp } from './send-by-smtp.ts'

const MAIL = { from: 'taskward@example.org', to: 'ann@example.org', subject: 'A subject', text: 'A secret' }
const AUTH = { user: 'taskward', pass: 'p@ss:word' }
const LIMITS = { connectMs: 5_000, silenceMs: 5_000, totalMs: 10_000 }

const [valid, ofOtherHost, expired, unsigned] = [
  selfSignedCertificate('localhost'),
  selfSignedCertificate('mail.example.org'),
  selfSignedCertificate('localhost', -2),
  selfSignedCertificate('localhost'),
] as const
let folder: string
let server: MailServer

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'taskward-certificates-'))
  await writeFile(
    path.join(folder, 'trusted.pem'),
    [valid, ofOtherHost, expired].map(({ cert }) => cert).join(''),
  )
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => server.stop())

function send(own: Partial<SmtpServer> = {}) {
  return sendBySmtp({ ...server.smtp, ...own }, { mail: MAIL, limits: LIMITS })
}

/** Node reads trusted certificates at its start. */
async function sendTrusting(): Promise<unknown> {
  const script = `
    const { sendBySmtp } = await import(${JSON.stringify(import.meta.resolve('./send-by-smtp.ts'))})
    const sent = await sendBySmtp(${JSON.stringify(server.smtp)}, { mail: ${JSON.stringify(MAIL)} })
    console.log(JSON.stringify(sent))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: path.join(folder, 'trusted.pem') },
  })
  return JSON.parse(stdout)
}

describe.each(['direct', 'starttls'] as const)('TLS %s', (mode) => {
  test('sends the mail encrypted, after the log-in', async () => {
    server = await startMailServer({ tls: mode, auth: AUTH, ...valid })
    expect(await sendTrusting()).toEqual({ ok: true, value: null })
    expect(server.received).toMatchObject([{ isEncrypted: true, user: 'taskward', to: ['ann@example.org'] }])
  })

  test.each([
    ['that no authority has signed', unsigned],
    ['of another host', ofOtherHost],
    ['that has expired', expired],
  ])('sends nothing to a server with a certificate %s', async (_, certificate) => {
    server = await startMailServer({ tls: mode, auth: AUTH, ...certificate })
    expect(await sendTrusting()).toMatchObject({
      ok: false,
      error: { code: 'UNAVAILABLE', text: expect.stringMatching(/^not sent: E/) },
    })
    expect(server.received).toEqual([])
  })
})

test('sends neither mail nor password to a server without the TLS that is required', async () => {
  server = await startMailServer({ auth: AUTH })
  let hasAsked = false
  server.onRecipient = () => {
    hasAsked = true
    return null
  }
  const expected = {
    ok: false,
    error: { code: 'UNAVAILABLE', text: expect.stringMatching(/^(not sent|answered)/) },
  }
  expect(await send({ tls: 'starttls' })).toMatchObject(expected)
  expect(await send({ tls: 'direct' })).toMatchObject(expected)
  expect(hasAsked).toBe(false)
  expect(server.received).toEqual([])
})

test('sends nothing where the log-in is refused, or not offered', async () => {
  server = await startMailServer({ auth: AUTH })
  expect(await send({ auth: { ...AUTH, pass: 'wrong' } })).toEqual({
    ok: false,
    error: { code: 'UNAVAILABLE', text: 'answered 535 to AUTH PLAIN' },
  })
  await server.stop()
  server = await startMailServer()
  expect(await send({ auth: AUTH })).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } })
  expect(server.received).toEqual([])
})

test.each([421, 554])('a greeting of %i refuses this client, and no mail forever', async (responseCode) => {
  server = await startMailServer({
    onConnect: (_session, done) => done(Object.assign(new Error('refused'), { responseCode })),
  })
  expect(await send()).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } })
  expect(server.received).toEqual([])
})

test('ends an attempt that takes too long in all', async () => {
  server = await startMailServer()
  server.onMessage = () => new Promise(() => {})
  const limits = { connectMs: 2_000, silenceMs: 60_000, totalMs: 300 }
  expect(await sendBySmtp(server.smtp, { mail: MAIL, limits })).toEqual({
    ok: false,
    error: { code: 'UNAVAILABLE', text: 'not sent: EABORT' },
  })
})
