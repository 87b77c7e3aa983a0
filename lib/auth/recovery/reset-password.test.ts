import { beforeEach, describe, expect, test } from 'vitest'
import { changePassword } from '#lib/auth/change-password.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { openMail } from '#lib/mail/seal-mail.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { HOUR_MS } from '#lib/time.ts'
import { resetAndLogIn } from './reset-and-log-in.ts'
import { resetPassword } from './reset-password.ts'

const NEW_PASSWORD = 'seven quiet herons at dusk'
const INVALID = { ok: false, error: { code: 'INVALID_LINK' } }
const client = makeClient()
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

/** A link as the job sends it. @param own `at` is when */
async function sendLink({ to = user, at = new Date() } = {}): Promise<string> {
  const token = newToken()
  await createLink(db(), { userId: to.id, purpose: 'reset_password', token, email: to.email, now: at })
  return token
}

function ownerOf(token: string) {
  return getLinkOwner({ token, purposes: ['reset_password'], now: new Date() })
}

function reset(token: string, password = NEW_PASSWORD, now = new Date()) {
  return resetPassword({ token, password }, { client, now })
}

function inBrowser(token: string, password = NEW_PASSWORD) {
  return resetAndLogIn({ token, password }, makeSignIn({ client, transport: 'cookie' }))
}

function logInWith(password: string) {
  return logIn({ email: user.email, password }, makeSignIn({ client }))
}

const resetLinks = () => db().accountLink.count({ where: { userId: user.id, purpose: 'reset_password' } })
const activeSessions = () => db().session.count({ where: { userId: user.id, revokedAt: null } })

describe('a link that works', () => {
  test('sets the password, and the old one no longer works', async () => {
    expect(await reset(await sendLink())).toMatchObject({ ok: true })
    expect(await logInWith(PASSWORD)).toMatchObject({ ok: false })
    expect(await logInWith(NEW_PASSWORD)).toMatchObject({ ok: true })
  })

  test('ends every session and starts none', async () => {
    const sessions = [await createSession(user), await createSession(user, { transport: 'cookie' })]
    await reset(await sendLink())
    for (const session of sessions) {
      const { access } = await withAccessToken(session, new Date())
      expect(await authenticate(access.token, { client, now: new Date() })).toMatchObject({ ok: false })
    }
    expect(await activeSessions()).toBe(0)
  })

  test('logs a browser in, and forgets the devices that were known', async () => {
    await logInWith(PASSWORD)
    const before = await db().knownDevice.findMany()
    const loggedIn = await inBrowser(await sendLink())
    if (!loggedIn.ok) throw new Error(loggedIn.error.code)
    expect(await authenticate(loggedIn.value.access.token, { client, now: new Date() })).toMatchObject({
      ok: true,
    })
    expect(await activeSessions()).toBe(1)
    const known = await db().knownDevice.findMany()
    expect(known).toHaveLength(1)
    expect(before.map(({ fingerprint }) => fingerprint)).not.toContain(known[0]?.fingerprint)
  })

  test('confirms the address, and fulfils a required change', async () => {
    await db().user.update({ where: { id: user.id }, data: { passwordChangeRequiredAt: new Date() } })
    await reset(await sendLink())
    const { emailVerified, passwordChangeRequiredAt } = await db().user.findFirstOrThrow()
    expect(emailVerified).not.toBeNull()
    expect(passwordChangeRequiredAt).toBeNull()
  })

  test('notifies the address, without the link’s secret', async () => {
    const token = await sendLink()
    await reset(token)
    const [row] = await db().mail.findMany()
    const mail = await openMail(row!.sealed!, row!.id)
    expect(mail).toMatchObject({ to: user.email, subject: 'Your Taskward password was changed' })
    expect(mail?.text).toContain('Network: 203.0.113.9')
    expect(mail?.text).not.toContain(token)
  })

  test('records one event for the change and one for each session that it ends', async () => {
    await createSession(user)
    await inBrowser(await sendLink())
    expect((await eventNames()).sort()).toEqual(['login', 'password_reset', 'session_revoked'])
  })

  test('is not used up by reading it, by a weak password or by a client that has left', async () => {
    const token = await sendLink()
    for (let i = 0; i < 3; i++) expect(await ownerOf(token)).toMatchObject({ email: user.email })
    for (const weak of ['short', 'Summer2026', `My ${user.email} is long`]) {
      expect(await reset(token, weak)).toMatchObject({
        error: { code: 'INVALID_INPUT', details: [{ field: 'password' }] },
      })
    }
    const gone = { client: { ...client, abortSignal: AbortSignal.abort() }, now: new Date() }
    expect(await resetPassword({ token, password: NEW_PASSWORD }, gone)).toMatchObject({
      error: { code: 'BUSY' },
    })
    expect(await reset(token)).toMatchObject({ ok: true })
  })

  test('sets a first password for an account without one', async () => {
    await db().password.delete({ where: { userId: user.id } })
    expect(await inBrowser(await sendLink())).toMatchObject({ ok: true })
    expect(await logInWith(NEW_PASSWORD)).toMatchObject({ ok: true })
  })
})

describe('a link that does not work', () => {
  const refused = async (token: string, reason: string) => {
    expect(await ownerOf(token)).toBeNull()
    expect(await reset(token)).toEqual(INVALID)
    expect((await eventNames()).at(-1)).toBe(`password_reset ${reason}`)
    expect(await resetLinks()).toBeLessThanOrEqual(1)
    expect(await db().password.findFirst()).toMatchObject({ hash: expect.any(String) })
  }

  test('was never sent', async () => {
    for (const token of ['', 'x', newToken(), 'ü'.repeat(99)]) await refused(token, 'unknown_link')
    expect(await logInWith(PASSWORD)).toMatchObject({ ok: true })
  })

  test('was used', async () => {
    const token = await sendLink()
    await reset(token)
    await refused(token, 'unknown_link')
  })

  test('was replaced by a newer one', async () => {
    const [older, newer] = [await sendLink(), await sendLink()]
    await refused(older, 'unknown_link')
    expect(await reset(newer)).toMatchObject({ ok: true })
  })

  test('is older than an hour', async () => {
    await refused(await sendLink({ at: new Date(Date.now() - HOUR_MS) }), 'link_expired')
    await db().password.updateMany({ data: { changedAt: new Date(0) } })
    const token = await sendLink({ at: new Date(Date.now() - HOUR_MS + 60_000) })
    expect(await reset(token)).toMatchObject({ ok: true })
  })

  test('was followed by a log-in with the password', async () => {
    const token = await sendLink({ at: new Date(Date.now() - 1000) })
    await logInWith(PASSWORD)
    await refused(token, 'account_changed')
  })

  test('was followed by a change of the password', async () => {
    const { session } = await createSession(user, { transport: 'cookie' })
    const token = await sendLink({ at: new Date(Date.now() - 1000) })
    const actor = { userId: user.id, sessionId: session.id, role: 'user', client } as const
    const signIn = makeSignIn({ transport: 'cookie' })
    await changePassword(actor, { currentPassword: PASSWORD, newPassword: `${NEW_PASSWORD} 2`, signIn })
    await refused(token, 'account_changed')
  })

  test('was sent to an address that the account no longer has', async () => {
    const token = await sendLink()
    await db().user.update({ where: { id: user.id }, data: { email: 'new@example.com' } })
    await refused(token, 'account_changed')
  })

  test('belongs to a disabled account', async () => {
    const token = await sendLink()
    await disableAccount(COMMAND_LINE, user.id, { now: new Date() })
    await refused(token, 'account_disabled')
    expect(await inBrowser(token)).toEqual(INVALID)
    expect(await activeSessions()).toBe(0)
  })

  test('has another purpose', async () => {
    const token = await sendLink()
    await db().accountLink.updateMany({ data: { purpose: 'something_else' } })
    await refused(token, 'unknown_link')
  })

  test('is throttled after sixty of them from a network, and one that works is not', async () => {
    for (let i = 0; i < 60; i++) expect(await reset(newToken())).toEqual(INVALID)
    expect(await reset(newToken())).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await reset(await sendLink())).toMatchObject({ ok: true })
    expect((await eventNames()).filter((name) => name === 'throttled link.address')).toHaveLength(1)
  })
})

describe('races', () => {
  test('of ten uses of one link exactly one wins', async () => {
    const token = await sendLink()
    const uses = await Promise.all(
      Array.from({ length: 10 }, (_, i) => inBrowser(token, `${NEW_PASSWORD} ${i}`)),
    )
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    // On a busy machine some wait too long.
    for (const use of uses) if (!use.ok) expect(['INVALID_LINK', 'BUSY']).toContain(use.error.code)
    expect(await activeSessions()).toBe(1)
    expect((await eventNames()).filter((name) => name === 'password_reset')).toHaveLength(1)
    expect(await db().mail.count()).toBe(1)
    const winner = uses.findIndex(({ ok }) => ok)
    expect(await logInWith(`${NEW_PASSWORD} ${winner}`)).toMatchObject({ ok: true })
  })

  test('with log-ins in flight: no session of the old password survives', async () => {
    const token = await sendLink({ at: new Date(Date.now() + 60_000) })
    const [won, ...logIns] = await Promise.all([
      inBrowser(token),
      ...Array.from({ length: 4 }, () => logInWith(PASSWORD)),
    ])
    expect(won).toMatchObject({ ok: true })
    const kept = won.ok ? won.value.session.id : ''
    for (const other of logIns) {
      if (other.ok)
        expect(await authenticate(other.value.access.token, { client, now: new Date() })).toMatchObject({
          ok: false,
        })
    }
    expect(await db().session.findMany({ where: { revokedAt: null }, select: { id: true } })).toEqual([
      { id: kept },
    ])
  })

  test('with a password change: one of the two decides, and one session is left', async () => {
    const { session } = await createSession(user, { transport: 'cookie' })
    const token = await sendLink({ at: new Date(Date.now() + 60_000) })
    const actor = { userId: user.id, sessionId: session.id, role: 'user', client } as const
    const changing = { currentPassword: PASSWORD, newPassword: `${NEW_PASSWORD} 2` }
    const [won, changed] = await Promise.all([
      inBrowser(token),
      changePassword(actor, { ...changing, signIn: makeSignIn({ transport: 'cookie' }) }),
    ])
    expect(won).toMatchObject({ ok: true })
    expect(await activeSessions()).toBe(1)
    expect(await logInWith(changed.ok ? NEW_PASSWORD : `${NEW_PASSWORD} 2`)).toMatchObject({ ok: changed.ok })
  })

  test('with a disabling: no session survives', async () => {
    for (let i = 0; i < 5; i++) {
      user = await createUser()
      const token = await sendLink()
      await Promise.all([inBrowser(token), disableAccount(COMMAND_LINE, user.id, { now: new Date() })])
      expect(await activeSessions()).toBe(0)
    }
  })

  test('with a newer link being sent: no deadlock, and one link at most is left', async () => {
    const token = await sendLink()
    await Promise.all([reset(token), ...Array.from({ length: 5 }, () => sendLink())])
    expect(await resetLinks()).toBeLessThanOrEqual(1)
  })
})

test('pre-hijacking: the owner of the address gets the account, and nothing of the attacker’s access is left', async () => {
  // The attacker signed up with the address, stays logged in on two devices, and has asked for links.
  const [phone, laptop] = [await createSession(user, { transport: 'cookie' }), await createSession(user)]
  await logInWith(PASSWORD)
  await db().accountLink.create({
    data: {
      userId: user.id,
      purpose: 'something_pending',
      tokenHash: new Uint8Array(32),
      email: 'attacker@example.com',
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + HOUR_MS),
    },
  })
  const owner = await inBrowser(await sendLink({ at: new Date(Date.now() + 1000) }))
  expect(owner).toMatchObject({ ok: true })
  for (const session of [phone, laptop]) {
    const { access } = await withAccessToken(session, new Date())
    expect(await authenticate(access.token, { client, now: new Date() })).toMatchObject({ ok: false })
  }
  expect(await logInWith(PASSWORD)).toMatchObject({ ok: false })
  // Of the notice about the new password.
  expect(await db().accountLink.findMany()).toMatchObject([{ purpose: 'secure_account', email: user.email }])
  expect(await activeSessions()).toBe(1)
})

test('no event, and no row, holds the secret of a link', async () => {
  const token = await sendLink()
  await reset(token)
  await reset(token)
  expect(JSON.stringify(await allEvents())).not.toContain(token)
})
