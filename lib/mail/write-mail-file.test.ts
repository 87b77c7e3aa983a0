import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { parseMail } from '#lib/testing/mail-server.ts'
import { DAY_MS } from '#lib/time.ts'
import { deleteOldMailFiles } from './delete-old-mails.ts'
import { deliverMails } from './deliver-mails.ts'
import { queueMail } from './queue-mail.ts'

let folder: string
const root = process.cwd()

beforeEach(async () => {
  await emptyTables()
  folder = await mkdtemp(path.join(tmpdir(), 'taskward-mail-'))
  process.chdir(folder)
})

afterEach(async () => {
  vi.restoreAllMocks()
  process.chdir(root)
  await rm(folder, { recursive: true, force: true })
})

async function write(): Promise<void> {
  const mail = { kind: 'password_reset', to: 'ann@example.org', userId: null } as const
  await queueMail(db(), { ...mail, values: { token: 'the-token' } })
  await deliverMails({})
}

test('without a mail server each mail is a file that only this user can read', async () => {
  await write()
  const [name = '', ...others] = await readdir('.data/mail')
  expect(others).toEqual([])
  expect(name).toMatch(/^\d{8}T\d{6}Z-password-reset-[0-9a-f-]{36}\.eml$/)
  const file = path.join('.data/mail', name)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat('.data/mail')).mode & 0o777).toBe(0o700)
  expect(await parseMail(await readFile(file, 'utf8'))).toMatchObject({
    to: [{ address: 'ann@example.org' }],
    subject: 'Reset your Taskward password',
    html: expect.stringContaining('token=the-token'),
  })
  expect(await db().mail.count({ where: { sentAt: { not: null }, sealed: null } })).toBe(1)
})

test('names the file on the terminal, and neither address nor link', async () => {
  const info = vi.spyOn(log(), 'info')
  await write()
  const [name] = await readdir('.data/mail')
  const file = `.data/mail/${name}`
  expect(info).toHaveBeenCalledExactlyOnceWith({ job: 'mail', file }, `A mail is in ${file}.`)
})

test('keeps the mail while the folder cannot be written', async () => {
  await mkdir('.data')
  await writeFile('.data/mail', 'a file in the place of the folder')
  await write()
  expect(await db().mail.findMany()).toMatchObject([
    { sentAt: null, nextAttemptAt: expect.any(Date), lastError: 'not written: EEXIST' },
  ])
})

test('deletes files after 30 days, and no other files', async () => {
  await write()
  const [old = ''] = await readdir('.data/mail')
  await write()
  await writeFile('.data/mail/notes.txt', 'a note')
  const now = new Date()
  const past = new Date(now.getTime() - 31 * DAY_MS)
  for (const name of [old, 'notes.txt']) await utimes(path.join('.data/mail', name), past, past)
  expect(await deleteOldMailFiles(db(), 1000, now)).toBe(1)
  expect(await deleteOldMailFiles(db(), 1000, now)).toBe(0)
  expect(await readdir('.data/mail')).toHaveLength(2)
  expect(await readdir('.data/mail')).not.toContain(old)
})

test('deletes nothing where there is no folder', async () => {
  expect(await deleteOldMailFiles(db(), 1000, new Date())).toBe(0)
})
