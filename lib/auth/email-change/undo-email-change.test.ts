import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { confirmEmail } from '#lib/auth/confirmation/confirm-email.ts'
import { deleteDueAccounts } from '#lib/auth/deletion/delete-due-accounts.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { resetPassword } from '#lib/auth/recovery/reset-password.ts'
import { refresh } from '#lib/auth/refresh.ts'
import { authenticate } from '#lib/auth/session/authenticate.ts'
import { signUp } from '#lib/auth/sign-up.ts'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { enableAccount } from '#lib/operator/enable-account.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { tokenMailedTo } from '#lib/testing/mails.ts'
import { HOUR_MS } from '#lib/time.ts'
import { deleteExpiredFormerEmails } from './delete-expired-former-emails.ts'
import { requestEmailChange } from './request-email-change.ts'
import { getUndoableChange, undoEmailChange } from './undo-email-change.ts'

const OWNERS = 'ann@example.com'
const THIEFS = 'thief@example.net'
const OWNERS_PASSWORD = 'seven quiet herons at dusk'
const INVALID = { ok: false, error: { code: 'INVALID_LINK' } }
const client = makeClient()
const thiefsClient = makeClient({ ipAddress: '198.51.100.66' })
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: OWNERS })
})

const logInAs = (email: string, password: string = PASSWORD) =>
  logIn({ email, password }, makeSignIn({ client: thiefsClient }))
const confirm = (token: string, now = new Date()) => confirmEmail(token, { client: thiefsClient, now })
const undo = (token: string, now = new Date()) => undoEmailChange(token, { client, now })
const reset = (token: string, password = OWNERS_PASSWORD) =>
  resetPassword({ token, password }, { client, now: new Date() })

/** A thief with the password logs in and changes the address. @returns their session and the owner's link */
async function takeOver() {
  const loggedIn = await logInAs(OWNERS)
  if (!loggedIn.ok) throw new Error(loggedIn.error.code)
  const { session, access, refresh: refreshToken } = loggedIn.value
  const thief: Actor = { userId: user.id, sessionId: session.id, role: 'user', client: thiefsClient }
  await requestEmailChange(thief, { email: THIEFS, password: PASSWORD, now: new Date() })
  const theirLink = await tokenMailedTo(THIEFS, 'email_change')
  expect(await confirm(theirLink)).toMatchObject({ ok: true })
  return { thief, access, refreshToken, theirLink, ownersLink: await tokenMailedTo(OWNERS, 'email_changed') }
}

test('takeover: the owner gets the address and the account back, and nothing of the thief’s access is left', async () => {
  const { access, refreshToken, theirLink, ownersLink } = await takeOver()
  const again = await logInAs(THIEFS)
  expect(again).toMatchObject({ ok: true })
  const pendingReset = newToken()
  const link = { userId: user.id, purpose: 'reset_password', token: pendingReset, email: THIEFS } as const
  await createLink(db(), { ...link, now: new Date() })

  expect(await getUndoableChange(ownersLink, new Date())).toMatchObject({ former: OWNERS, present: THIEFS })
  const undone = await undo(ownersLink)
  expect(undone).toMatchObject({ ok: true })
  expect(await db().user.findFirst()).toMatchObject({ email: OWNERS, emailVerified: expect.any(Date) })

  for (const token of [access.token, again.ok ? again.value.access.token : ''])
    expect(await authenticate(token, { client: thiefsClient, now: new Date() })).toMatchObject({ ok: false })
  const renewal = { client: thiefsClient, transport: 'bearer', now: new Date() } as const
  expect(await refresh(refreshToken.token, renewal)).toMatchObject({ ok: false })
  for (const email of [THIEFS, OWNERS]) expect(await logInAs(email)).toMatchObject({ ok: false })
  expect(await confirm(theirLink)).toEqual(INVALID)
  expect(await reset(pendingReset, 'nine loud ravens at dawn')).toEqual(INVALID)
  expect(await undo(ownersLink)).toEqual(INVALID)

  expect(await reset(undone.ok ? undone.value : '')).toMatchObject({ ok: true })
  expect(await logInAs(OWNERS, OWNERS_PASSWORD)).toMatchObject({ ok: true })
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
  expect(await eventNames()).toContain('email_change_undone')
  expect(JSON.stringify(await allEvents())).not.toContain(ownersLink)
})

test('a reset of the password with the new address works, and leaves the undo', async () => {
  const { ownersLink } = await takeOver()
  const token = newToken()
  const link = { userId: user.id, purpose: 'reset_password', token, email: THIEFS } as const
  await createLink(db(), { ...link, now: new Date(Date.now() + 1000) })
  expect(await reset(token, 'nine loud ravens at dawn')).toMatchObject({ ok: true })
  expect(await logInAs(THIEFS, 'nine loud ravens at dawn')).toMatchObject({ ok: true })
  expect(await undo(ownersLink)).toMatchObject({ ok: true })
  expect(await logInAs(OWNERS, 'nine loud ravens at dawn')).toMatchObject({ ok: false })
})

test('after the undo the address can be changed again, and the other one is free', async () => {
  const { ownersLink } = await takeOver()
  const undone = await undo(ownersLink)
  await reset(undone.ok ? undone.value : '')
  const signIn = makeSignIn({ client })
  expect(
    await signUp({ email: THIEFS, password: 'nine loud ravens at dawn', name: null }, signIn),
  ).toMatchObject({ ok: true })
  const loggedIn = await logInAs(OWNERS, OWNERS_PASSWORD)
  const sessionId = loggedIn.ok ? loggedIn.value.session.id : ''
  const owner: Actor = { userId: user.id, sessionId, role: 'user', client }
  const change = { email: 'ann.new@example.org', password: OWNERS_PASSWORD, now: new Date() }
  expect(await requestEmailChange(owner, change)).toMatchObject({ ok: true })
})

describe('a link that does not work', () => {
  test('was never sent, or has ended: the thief’s address stays, and the former one is free', async () => {
    const { ownersLink } = await takeOver()
    for (const token of ['', 'x', newToken(), 'ü'.repeat(99)]) expect(await undo(token)).toEqual(INVALID)
    const [before, after] = [new Date(Date.now() + 71 * HOUR_MS), new Date(Date.now() + 72 * HOUR_MS)]
    expect(await getUndoableChange(ownersLink, before)).not.toBeNull()
    expect(await getUndoableChange(ownersLink, after)).toBeNull()
    expect(await undo(ownersLink, after)).toEqual(INVALID)
    expect((await eventNames()).slice(-2)).toEqual([
      'email_change_undone unknown_link',
      'email_change_undone link_expired',
    ])
    expect(await db().$transaction((tx) => deleteExpiredFormerEmails(tx, 10, before))).toBe(0)
    expect(await db().$transaction((tx) => deleteExpiredFormerEmails(tx, 10, after))).toBe(1)
    expect((await createUser({ email: OWNERS })).email).toBe(OWNERS)
  })

  test('belongs to a disabled account, without a hint, and works once that is enabled', async () => {
    const { ownersLink } = await takeOver()
    await disableAccount(COMMAND_LINE, user.id, { now: new Date() })
    expect(await getUndoableChange(ownersLink, new Date())).toBeNull()
    expect(await undo(ownersLink)).toEqual(INVALID)
    await enableAccount(COMMAND_LINE, user.id, { now: new Date() })
    expect(await undo(ownersLink)).toMatchObject({ ok: true })
  })
})

describe('races', () => {
  test('of ten undos exactly one wins', async () => {
    const { ownersLink } = await takeOver()
    const uses = await Promise.all(Array.from({ length: 10 }, () => undo(ownersLink)))
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    for (const use of uses) if (!use.ok) expect(use).toEqual(INVALID)
    expect((await eventNames()).filter((name) => name === 'email_change_undone')).toHaveLength(1)
  })

  test('with the thief’s log-ins and sign-ups for the owner’s address: the owner wins', async () => {
    const { ownersLink } = await takeOver()
    const [undone, ...attempts] = await Promise.all([
      undo(ownersLink),
      logInAs(THIEFS),
      signUp({ email: OWNERS, password: OWNERS_PASSWORD, name: null }, makeSignIn({ client: thiefsClient })),
      logInAs(THIEFS),
    ])
    expect(undone).toMatchObject({ ok: true })
    for (const other of attempts)
      if (other.ok && other.value)
        expect(
          await authenticate(other.value.access.token, { client: thiefsClient, now: new Date() }),
        ).toMatchObject({ ok: false })
    expect(await db().user.findMany()).toMatchObject([{ id: user.id, email: OWNERS }])
  })
})

test('the database itself refuses a reserved address to every other account', async () => {
  await takeOver()
  await expect(createUser({ email: OWNERS })).rejects.toMatchObject({ code: 'P2002' })
  const other = await createUser()
  await expect(db().user.update({ where: { id: other.id }, data: { email: OWNERS } })).rejects.toMatchObject({
    code: 'P2002',
  })
})

test('housekeeping deletes no account whose change can be undone, and the row goes with the account', async () => {
  const { ownersLink } = await takeOver()
  await db().user.update({ where: { id: user.id }, data: { deletionDueAt: new Date(0) } })
  const deleteDue = (now: Date) => db().$transaction((tx) => deleteDueAccounts(tx, 10, now))
  expect(await deleteDue(new Date())).toBe(0)
  expect(await db().formerEmail.findFirst()).toMatchObject({ tokenHash: hashToken(ownersLink) })
  while (await deleteDue(new Date(Date.now() + 72 * HOUR_MS))) {}
  expect([await db().user.count(), await db().formerEmail.count()]).toEqual([0, 0])
})
