import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { signAddress } from '#lib/http/client-address.ts'
import { deliverMails } from '#lib/mail/deliver-mails.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { GET as getMail } from './[file]/route.dev.ts'
import { GET as listMails } from './route.dev.ts'

const root = process.cwd()
let folder: string

beforeEach(async () => {
  await emptyTables()
  folder = await mkdtemp(path.join(tmpdir(), 'taskward-dev-mail-'))
  process.chdir(folder)
})

afterEach(async () => {
  vi.restoreAllMocks()
  process.chdir(root)
  await rm(folder, { recursive: true, force: true })
})

async function write(): Promise<string> {
  const mail = { kind: 'password_reset', to: 'ann@example.org', userId: null } as const
  await queueMail(db(), { ...mail, values: { token: 'the-token' } })
  await deliverMails({})
  return (await readdir('.data/mail')).sort().at(-1) ?? ''
}

function ask({ host = 'localhost:3000', address = '127.0.0.1' } = {}): Request {
  const headers = { host, [CLIENT_ADDRESS_HEADER]: signAddress(address) }
  return new Request('http://localhost:3000/dev/mail', { headers })
}

function open(file: string, request = ask()): Promise<Response> {
  return getMail(request, { params: Promise.resolve({ file }) })
}

test('lists the mails with their subjects and recipients', async () => {
  expect(await (await listMails(ask())).text()).toContain('No mail yet')
  const name = await write()
  const text = await (await listMails(ask())).text()
  expect(text).toContain(`<a href="/dev/mail/${name}">Reset your Taskward password</a> to ann@example.org`)
})

test('shows a mail in a frame without scripts, and its text', async () => {
  const page = await open(await write())
  expect(page.headers.get('cache-control')).toBe('no-store')
  const text = await page.text()
  expect(text).toContain('sandbox="allow-top-navigation-by-user-activation" srcdoc="&#60;base target=')
  expect(text).toMatch(/<pre>.*http:\/\/localhost:3000\/reset-password\?token=the-token.*<\/pre>/s)
})

test('escapes what a file contains', async () => {
  await mkdir('.data/mail', { recursive: true })
  const mail =
    'Subject: <img src=x>\r\nTo: "<img src=x>"@example.org\r\nContent-Type: text/html\r\n\r\n<script>"</script>'
  await writeFile('.data/mail/hostile.eml', mail)
  for (const page of [await open('hostile.eml'), await listMails(ask())]) {
    expect(page.status).toBe(200)
    expect(await page.text()).not.toMatch(/<img|<script/)
  }
})

test.each([
  { address: '203.0.113.9' },
  { address: '10.0.0.5' },
  { host: 'evil.example:3000' },
  { host: 'localhost.evil.example' },
  { host: '' },
])('is absent for %j', async (from) => {
  const name = await write()
  expect((await listMails(ask(from))).status).toBe(404)
  expect((await open(name, ask(from))).status).toBe(404)
})

test('is absent for a request whose address nothing vouches for', async () => {
  const headers = { host: 'localhost:3000', 'x-forwarded-for': '127.0.0.1' }
  expect((await listMails(new Request('http://localhost:3000/dev/mail', { headers }))).status).toBe(404)
})

test.each(['../../package.json', '..%2f..%2f.env.local', 'x.eml/../../secret.eml', 'missing.eml', ''])(
  'no name leads out of the folder: %j',
  async (name) => {
    await write()
    await writeFile('secret.eml', 'Subject: secret')
    expect((await open(name)).status).toBe(404)
  },
)
