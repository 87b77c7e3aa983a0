import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { sendConfirmation } from '#lib/auth/confirmation/send-confirmation.ts'
import { createAccount } from '#lib/auth/create-account.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { PASSWORD_PURPOSES } from '#lib/auth/policy.ts'
import { resetAndLogIn } from '#lib/auth/recovery/reset-and-log-in.ts'
import { authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { openMail } from '#lib/mail/seal-mail.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { DAY_MS } from '#lib/time.ts'
import { offerClaim } from './offer-claim.ts'

const EMAIL = 'kira@example.com'
const OWN_PASSWORD = 'seven quiet herons at dusk'
const SIGNED_UP = new Date(Date.now() - 8 * DAY_MS)
const client = makeClient()
let first: TestUser

beforeEach(async () => {
  await emptyTables()
  first = await createUser({ email: EMAIL })
  const data = { createdAt: SIGNED_UP, lastLoginAt: SIGNED_UP, name: 'Mallory' }
  await db().user.update({ where: { id: first.id }, data })
})

function offer(now = new Date()): Promise<boolean> {
  return db().$transaction((tx) => offerClaim(tx, { userId: first.id, now }))
}

async function sendLink(): Promise<string> {
  const token = newToken()
  await createLink(db(), { userId: first.id, purpose: 'claim_account', token, email: EMAIL, now: new Date() })
  return token
}

function claim(token: string) {
  return resetAndLogIn({ token, password: OWN_PASSWORD }, makeSignIn({ client, transport: 'cookie' }))
}

describe('an abandoned account', () => {
  test('gets a mail when its address signs up, and the answer does not change', async () => {
    const input = { email: EMAIL, password: OWN_PASSWORD, name: null }
    expect(await createAccount(input, makeSignIn())).toEqual({ ok: false, error: { code: 'EMAIL_TAKEN' } })
    const [row] = await db().mail.findMany()
    const mail = await openMail(row!.sealed!, row!.id)
    expect(mail?.to).toBe(EMAIL)
    const [, token = ''] = /reset-password\?token=([\w-]{43})$/m.exec(mail?.text ?? '') ?? []
    expect(await getLinkOwner({ token, purposes: PASSWORD_PURPOSES, now: new Date() })).toMatchObject({
      email: EMAIL,
      name: null,
    })
    expect(await db().user.count({ where: { id: first.id } })).toBe(1)
    expect(await claim(token)).toMatchObject({ ok: true })
    expect(await claim(token)).toMatchObject({ error: { code: 'INVALID_LINK' } })
  })

  test.each<[string, () => Promise<unknown>]>([
    ['is confirmed', () => change({ emailVerified: SIGNED_UP })],
    ['is disabled', () => change({ disabledAt: SIGNED_UP })],
    ['is an administrator’s', () => change({ role: 'admin' })],
    ['is younger than a week', () => change({ createdAt: new Date(Date.now() - 7 * DAY_MS + 60_000) })],
    [
      'has logged in after its first day',
      () => change({ lastLoginAt: new Date(SIGNED_UP.getTime() + DAY_MS) }),
    ],
    ['has a session used after its first day', () => createSession(first)],
    [
      'has a task changed after its first day',
      () => db().task.create({ data: { userId: first.id, title: 'x' } }),
    ],
  ])('is none if it %s, and a link sent before dies', async (_, use) => {
    const token = await sendLink()
    await use()
    expect(await offer()).toBe(false)
    expect(await db().mail.count()).toBe(0)
    expect(await claim(token)).toMatchObject({ error: { code: 'INVALID_LINK' } })
    expect(await db().user.count({ where: { id: first.id } })).toBe(1)
  })

  test('keeps the newest link if its address may get no further mail', async () => {
    for (let i = 0; i < 6; i++) expect(await offer()).toBe(true)
    expect(await db().mail.count()).toBe(5)
    expect(await db().accountLink.count()).toBe(1)
  })
})

function change(data: Record<string, Date> | { role: 'admin' }) {
  return db().user.update({ where: { id: first.id }, data })
}

/** Tables with a user's id, but the audit trail and what the watch found in it. */
async function tablesOfUsers(): Promise<string[]> {
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'user_id' AND table_name NOT IN ('auth_events', 'findings')`
  return rows.map(({ name }) => name)
}

async function countRows(table: string, userId: string): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM "${table}" WHERE user_id = $1::uuid`
  const [row] = await db().$queryRawUnsafe<{ count: number }[]>(sql, userId)
  return row?.count ?? 0
}

describe('a claim', () => {
  test('leaves no row of the first person in any table with a user’s id', async () => {
    const userId = first.id
    const expiresAt = new Date(Date.now() + DAY_MS)
    const session = await createSession(first, { now: SIGNED_UP })
    await db().session.updateMany({ data: { lastSeenAt: SIGNED_UP } })
    await db().task.create({ data: { userId, title: 'Planted', createdAt: SIGNED_UP } })
    await db().$executeRaw`UPDATE tasks SET updated_at = ${SIGNED_UP}`
    await db().knownDevice.create({ data: { userId, fingerprint: 'network:x', lastLoginAt: SIGNED_UP } })
    await db().sessionEnding.create({ data: { userId, epoch: 0, reason: 'logged_out', endedAt: SIGNED_UP } })
    const draft = { page: '/tasks', form: 'add', values: {}, tokenHash: new Uint8Array(32), expiresAt }
    await db().draft.create({ data: { userId, ...draft } })
    const upload = { id: randomUUID(), file: new Uint8Array(1), preview: {}, expiresAt }
    await db().taskUpload.create({ data: { userId, ...upload } })
    await db().account.create({ data: { userId, type: 'x', provider: 'x', providerAccountId: 'x' } })
    await db().$transaction((tx) => sendConfirmation(tx, { userId, email: EMAIL, now: new Date() }))
    const token = await sendLink()
    const tables = await tablesOfUsers()

    const claimed = await claim(token)
    if (!claimed.ok) throw new Error(claimed.error.code)
    for (const table of tables) expect(await countRows(table, userId), table).toBe(0)
    expect(await db().user.findMany()).toMatchObject([
      { id: claimed.value.user.id, email: EMAIL, name: null, role: 'user', emailVerified: expect.any(Date) },
    ])
    const { access } = await withAccessToken(session, new Date())
    expect(await authenticate(access.token, { client, now: new Date() })).toMatchObject({ ok: false })
    expect(await logIn({ email: EMAIL, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: false })
    expect(await logIn({ email: EMAIL, password: OWN_PASSWORD }, makeSignIn())).toMatchObject({ ok: true })
    expect((await eventNames()).slice(0, 3)).toEqual(['account_deleted', 'signup', 'login'])
  })

  test('deletes with the account every row that refers to it', async () => {
    const rows = await db().$queryRaw<{ table: string; rule: string }[]>`
      SELECT conrelid::regclass::text AS table, confdeltype::text AS rule FROM pg_constraint
      WHERE contype = 'f' AND confrelid = 'users'::regclass`
    expect(rows.filter(({ rule }) => rule !== 'c')).toEqual([])
    expect(new Set(rows.map(({ table }) => table))).toEqual(new Set(await tablesOfUsers()))
  })

  test('of ten parallel ones exactly one creates an account', async () => {
    const token = await sendLink()
    const uses = await Promise.all(Array.from({ length: 10 }, () => claim(token)))
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await db().user.count()).toBe(1)
  })

  test('and a log-in of the first person leaves one of the two the account', async () => {
    const token = await sendLink()
    const [claimed, loggedIn] = await Promise.all([
      claim(token),
      logIn({ email: EMAIL, password: PASSWORD }, makeSignIn()),
    ])
    const [account, ...others] = await db().user.findMany()
    expect(others).toEqual([])
    expect(account?.id === first.id).toBe(!claimed.ok)
    if (claimed.ok) expect(loggedIn.ok).toBe(false)
  })
})
