import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MailServer, parseMail, startMailServer } from '#lib/testing/mail-server.ts'
import { createDatabase } from '#lib/testing/postgres-server.ts'
import { root } from '../../scripts/setup/root.ts'
import { expectNoViolations } from '../support/accessibility.ts'
import { queueMail } from '../support/queue-mail.ts'
import { databaseUrl } from '../support/run.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const secret = () => randomBytes(32).toString('base64url')

/** A database of its own: every server of the run sends what waits in the common one. */
async function ownSettings(): Promise<Record<string, string>> {
  return {
    DATABASE_URL: await createDatabase(databaseUrl(), `mail-${randomUUID()}`),
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
    AUDIT_SEAL_SECRET: secret(),
  }
}

async function withMailServer(run: (server: MailServer, settings: Record<string, string>) => Promise<void>) {
  const mail = await startMailServer({ auth: { user: 'taskward', pass: 'p@ss' } })
  const SMTP_URL = `smtp://taskward:p%40ss@127.0.0.1:${mail.smtp.port}`
  const settings = { ...(await ownSettings()), SMTP_URL, MAIL_FROM: 'Taskward <no-reply@example.org>' }
  try {
    await run(mail, settings)
  } finally {
    await mail.stop()
  }
}

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
