import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { parseMail } from '#lib/testing/mail-server.ts'
import { root } from '../../scripts/setup/root.ts'
import { expectNoViolations } from '../support/accessibility.ts'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { call, type SignedIn } from '../support/api.ts'
import { logInByForm } from '../support/forms.ts'
import { queryDatabase } from '../support/locks.ts'
import { ownSettings, withMailServer } from '../support/mail-server.ts'
import { queueMail } from '../support/queue-mail.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

test('sends a mail that another process has queued, once, from whichever process runs the jobs', async () => {
  await withMailServer(async (mail, settings) => {
    const server = await startServer({ ...settings, WEB_CONCURRENCY: '2' })
    await queueMail('ann@example.org', settings)
    await expect.poll(() => mail.received.length).toBe(1)
    const [{ raw, to, user } = { raw: '', to: [], user: undefined }] = mail.received
    expect({ to, user }).toEqual({ to: ['ann@example.org'], user: 'taskward' })
    expect(await parseMail(raw)).toMatchObject({
      from: { name: 'Taskward', address: 'no-reply@example.org' },
      text: expect.stringContaining('https://tasks.example.org/reset-password?token=the-token'),
    })
    await server.stop()
    expect(server.output()).not.toMatch(/ann@|the-token/)
    const again = await startServer(settings)
    await again.stop()
    expect(mail.received).toHaveLength(1)
  })
})

test('a mail passes axe and fits 320 pixels, in light and dark', async ({ page }) => {
  await withMailServer(async (mail, settings) => {
    const server = await startServer(settings)
    await queueMail('ann@example.org', settings)
    await expect.poll(() => mail.received.length).toBe(1)
    await server.stop()
    const { html = '' } = await parseMail(mail.received[0]?.raw ?? '')
    await page.setContent(html)
    await expectNoViolations(page)
  })
})

test('a stop waits for a mail that is on its way, and the next start does not send it again', async () => {
  await withMailServer(async (mail, settings) => {
    const server = await startServer(settings)
    const stopping = Promise.withResolvers<void>()
    mail.onMessage = async ({ read }) => {
      await read()
      stopping.resolve(server.stop())
      return null
    }
    await queueMail('ann@example.org', settings)
    await stopping.promise
    const again = await startServer(settings)
    await queueMail('bob@example.org', settings)
    await expect
      .poll(() => mail.received.flatMap(({ to }) => to))
      .toEqual(['ann@example.org', 'bob@example.org'])
    await again.stop()
  })
})

test('no request waits for a mail server that accepts connections and never answers', async () => {
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => sockets.add(socket.on('error', () => {})))
  await once(silent.listen(0, '127.0.0.1'), 'listening')
  const { port } = silent.address() as AddressInfo
  const settings = await ownSettings()
  const sending = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Taskward <no-reply@example.org>' }
  const server = await startServer({ ...settings, ...sending })
  const account = { email: newEmail(), password: PASSWORD }
  const { body } = await call<SignedIn>('/api/auth/signup', { server: server.url, json: account })
  await expect.poll(() => sockets.size).toBeGreaterThan(0)

  const started = performance.now()
  expect((await logInByForm(account, { server: server.url })).status).toBe(303)
  const forgot = await call('/api/auth/password/forgot', { server: server.url, json: account })
  expect(forgot.status).toBe(202)
  const left = { server: server.url, method: 'DELETE', token: body.access_token, json: account }
  expect((await call('/api/auth/me', left)).status).toBe(202)
  // A mail server has ten seconds for its greeting.
  expect(performance.now() - started).toBeLessThan(6_000)
  const waiting = () =>
    queryDatabase<{ kind: string }>(
      String(settings.DATABASE_URL),
      'SELECT kind FROM mails WHERE sent_at IS NULL AND next_attempt_at IS NOT NULL ORDER BY kind',
    )
  const kinds = ['account_deletion', 'confirm_email', 'new_device', 'password_reset']
  await expect.poll(waiting).toEqual(kinds.map((kind) => ({ kind })))
  await server.stop()
  for (const socket of sockets) socket.destroy()
  silent.close()
})

test('without SMTP_URL a start on a remote database warns in one line', async () => {
  const server = await startServer()
  await server.stop()
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.includes('"setting":"SMTP_URL"'))
  expect(lines).toEqual([expect.stringContaining('reset a forgotten password')])
})

test('a production build has no page of mails', async ({ request }) => {
  const manifest = readFileSync(join(root, '.next/server/app-paths-manifest.json'), 'utf8')
  expect(Object.keys(JSON.parse(manifest)).filter((route) => route.includes('/dev'))).toEqual([])
  const [page, unknown] = await Promise.all([request.get('/dev/mail'), request.get('/dev/unknown')])
  expect(page.status()).toBe(404)
  expect(unknown.status()).toBe(404)
})
