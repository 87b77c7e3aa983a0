import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createUser } from '#lib/testing/factories.ts'
import { DAY_MS, HOUR_MS } from '#lib/time.ts'
import { MAIL_CHANNEL, queueMail } from './queue-mail.ts'
import { openMail } from './seal-mail.ts'

beforeEach(emptyTables)

const values = { token: 'the-token-of-the-link' }

function mailTo(to: string, own: { userId?: string; expiresAt?: Date } = {}) {
  return { kind: 'password_reset', to, userId: null, values, ...own } as const
}

async function queued() {
  return db().mail.findMany({ orderBy: { id: 'asc' } })
}

test('writes a sealed mail of its kind, due immediately', async () => {
  const user = await createUser()
  expect(await db().$transaction((tx) => queueMail(tx, mailTo(user.email, { userId: user.id })))).toEqual({
    ok: true,
    value: null,
  })
  const [row] = await queued()
  expect(row).toMatchObject({ userId: user.id, kind: 'password_reset', attempts: 0, sentAt: null })
  expect(row?.nextAttemptAt).toEqual(row?.createdAt)
  const mail = await openMail(row!.sealed!, row!.id)
  expect(mail).toMatchObject({ to: user.email, subject: 'Reset your Taskward password' })
  expect(mail?.text).toContain('http://localhost:3000/reset-password?token=the-token-of-the-link')
  expect(mail?.html).toContain('http://localhost:3000/reset-password?token=the-token-of-the-link')
})

test('the database holds neither the link nor the address', async () => {
  await queueMail(db(), mailTo('ann@example.org'))
  const [row] = await db().$queryRaw<{ text: string }[]>`SELECT mails::text AS text FROM mails`
  expect(row?.text).not.toMatch(/ann@|the-token/)
  const [readable] = await db().$queryRaw<{ text: string }[]>`
    SELECT encode(sealed, 'escape') AS text FROM mails`
  expect(readable?.text).not.toMatch(/ann@|the-token|Taskward/)
})

test('is rolled back with the change that it reports', async () => {
  const attempt = db().$transaction(async (tx) => {
    await queueMail(tx, mailTo('ann@example.org'))
    throw new Error('the change failed')
  })
  await expect(attempt).rejects.toThrow('the change failed')
  expect(await queued()).toEqual([])
})

test('announces a mail at the commit, and none after a rollback', async () => {
  const listener = new pg.Client({ connectionString: process.env.DATABASE_URL })
  let notifications = 0
  listener.on('notification', () => notifications++)
  await listener.connect()
  await listener.query(`LISTEN ${MAIL_CHANNEL}`)
  await db()
    .$transaction(async (tx) => {
      await queueMail(tx, mailTo('ann@example.org'))
      throw new Error()
    })
    .catch(() => {})
  await db().$transaction(async (tx) => {
    await queueMail(tx, mailTo('ann@example.org'))
    await listener.query('SELECT 1')
    expect(notifications).toBe(0)
  })
  await expect.poll(() => notifications).toBe(1)
  await listener.end()
})

test('gives a mail up when its link ends, and after a day in any case', async () => {
  const inAnHour = new Date(Date.now() + HOUR_MS)
  await queueMail(db(), mailTo('ann@example.org', { expiresAt: inAnHour }))
  await queueMail(db(), mailTo('ann@example.org', { expiresAt: new Date(Date.now() + 3 * DAY_MS) }))
  await queueMail(db(), mailTo('ann@example.org'))
  const [first, ...others] = await queued()
  expect(first?.expiresAt).toEqual(inAnHour)
  expect(others.map(({ createdAt, expiresAt }) => expiresAt.getTime() - createdAt.getTime())).toEqual([
    DAY_MS,
    DAY_MS,
  ])
})

test('writes five mails of one kind to one address in an hour, and reports the sixth', async () => {
  for (let i = 0; i < 5; i++) await queueMail(db(), mailTo('ann@example.org'))
  expect(await queueMail(db(), mailTo('ann@example.org'))).toMatchObject({
    ok: false,
    error: { code: 'RATE_LIMITED', bucket: { name: 'mail.recipient' } },
  })
  expect(await queueMail(db(), mailTo('bob@example.org'))).toMatchObject({ ok: true })
  expect(await queued()).toHaveLength(6)
})

test('parallel requests together write no more than five', async () => {
  const results = await Promise.all(
    Array.from({ length: 12 }, () => db().$transaction((tx) => queueMail(tx, mailTo('ann@example.org')))),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(5)
  expect(await queued()).toHaveLength(5)
})

test('is deleted with its account', async () => {
  const user = await createUser()
  await queueMail(db(), mailTo(user.email, { userId: user.id }))
  await db().user.delete({ where: { id: user.id } })
  expect(await queued()).toEqual([])
})
