import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { requestDeletion } from '#lib/auth/deletion/request-deletion.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import type { LinkPurpose } from '#lib/auth/links/find-link.ts'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
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
import { DAY_MS } from '#lib/time.ts'
import { resetPassword } from './reset-password.ts'
import { secureAccount } from './secure-account.ts'

const NEW_PASSWORD = 'seven quiet herons at dusk'
const INVALID = { ok: false, error: { code: 'INVALID_LINK' } }
const client = makeClient()
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'ann@example.com' })
})

async function sendLink({ purpose = 'secure_account' as LinkPurpose, at = new Date() } = {}) {
  const token = newToken()
  await createLink(db(), { userId: user.id, purpose, token, email: user.email, now: at })
  return token
}

const ownerOf = (token: string) => getLinkOwner({ token, purposes: ['secure_account'], now: new Date() })
const secure = (token: string) => secureAccount(token, { client, now: new Date() })
const reset = (token: string) => resetPassword({ token, password: NEW_PASSWORD }, { client, now: new Date() })
const logInWith = (password: string) => logIn({ email: user.email, password }, makeSignIn({ client }))
const activeSessions = () => db().session.count({ where: { userId: user.id, revokedAt: null } })

async function thief(): Promise<Actor> {
  const { session } = await createSession(user)
  return { userId: user.id, sessionId: session.id, role: 'user', client }
}

describe('a link that works', () => {
  test('ends every session, forgets every device, and refuses the old password', async () => {
    const sessions = [await createSession(user), await createSession(user, { transport: 'cookie' })]
    await logInWith(PASSWORD)
    expect(await secure(await sendLink())).toMatchObject({ ok: true })
    for (const session of sessions) {
      const { access } = await withAccessToken(session, new Date())
      expect(await authenticate(access.token, { client, now: new Date() })).toMatchObject({ ok: false })
    }
    expect(await activeSessions()).toBe(0)
    expect(await db().knownDevice.count()).toBe(0)
    expect(await logInWith(PASSWORD)).toEqual({ ok: false, error: { code: 'AUTH_FAILED' } })
    expect(await eventNames()).toEqual([
      'login',
      'session_revoked',
      'session_revoked',
      'session_revoked',
      'account_secured',
      'login_failed wrong_password',
    ])
  })

  test('returns the secret of a link that sets a new password', async () => {
    const secured = await secure(await sendLink())
    expect(await reset(secured.ok ? secured.value : '')).toMatchObject({ ok: true })
    expect(await logInWith(NEW_PASSWORD)).toMatchObject({ ok: true })
  })

  test('deletes all other links of the account, and of no other account', async () => {
    const other = await createUser()
    const token = newToken()
    await createLink(db(), {
      userId: other.id,
      purpose: 'reset_password',
      token,
      email: other.email,
      now: new Date(),
    })
    const dead = [await sendLink({ purpose: 'reset_password' }), await sendLink()]
    await secure(await sendLink())
    expect(await db().accountLink.count({ where: { userId: user.id } })).toBe(1)
    expect(await secure(dead[1] ?? '')).toEqual(INVALID)
    expect(await reset(dead[0] ?? '')).toEqual(INVALID)
    expect(await reset(token)).toMatchObject({ ok: true })
  })

  test('cancels a deletion that a thief has requested', async () => {
    await requestDeletion(await thief(), { password: PASSWORD, now: new Date() })
    expect(await secure(await sendLink())).toMatchObject({ ok: true })
    expect(await db().user.findFirst()).toMatchObject({ deletionDueAt: null })
    expect(await eventNames()).toContain('account_deletion_cancelled')
  })

  test('is not used up by being opened, and not ended by newer ones or by log-ins', async () => {
    const first = await sendLink({ at: new Date(Date.now() - 6 * DAY_MS) })
    await logInWith(PASSWORD)
    for (let i = 0; i < 3; i++) {
      await sendLink()
      expect(await ownerOf(first)).toMatchObject({ email: user.email })
    }
    expect(await secure(first)).toMatchObject({ ok: true })
  })

  test('whose user waits for a log-in in flight leads on, although that log-in is later', async () => {
    await db().user.update({ where: { id: user.id }, data: { lastLoginAt: new Date(Date.now() + 2000) } })
    const secured = await secure(await sendLink())
    expect(await reset(secured.ok ? secured.value : '')).toMatchObject({ ok: true })
  })
})

describe('a link that does not work', () => {
  const refused = async (token: string, reason: string) => {
    expect(await secure(token)).toEqual(INVALID)
    expect((await eventNames()).at(-1)).toBe(`account_secured ${reason}`)
    expect(await db().password.count({ where: { userId: user.id } })).toBe(1)
  }

  test('was never sent, or has another purpose', async () => {
    for (const token of ['', 'x', newToken(), 'ü'.repeat(99), await sendLink({ purpose: 'reset_password' })])
      await refused(token, 'unknown_link')
  })

  test('is older than seven days', async () => {
    await refused(await sendLink({ at: new Date(Date.now() - 7 * DAY_MS) }), 'link_expired')
  })

  test('was sent to an address that the account no longer has', async () => {
    const token = await sendLink()
    await db().user.update({ where: { id: user.id }, data: { email: 'new@example.com' } })
    await refused(token, 'account_changed')
  })

  test('belongs to an account whose time has come, which may be half deleted', async () => {
    const token = await sendLink()
    await db().user.update({ where: { id: user.id }, data: { deletionDueAt: new Date() } })
    await refused(token, 'account_changed')
  })

  test('belongs to a disabled account, and nothing but the audit trail shows it', async () => {
    const token = await sendLink()
    await disableAccount(COMMAND_LINE, user.id, { now: new Date() })
    expect(await ownerOf(token)).toBeNull()
    await refused(token, 'account_disabled')
  })

  test('is throttled like every refused link', async () => {
    for (let i = 0; i < 60; i++) expect(await secure(newToken())).toEqual(INVALID)
    expect(await secure(newToken())).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await secure(await sendLink())).toMatchObject({ ok: true })
  })
})

describe('races', () => {
  test('of ten uses of one link, or of ten links, exactly one wins', async () => {
    for (const count of [1, 10]) {
      const links = await Promise.all(Array.from({ length: count }, () => sendLink()))
      const uses = await Promise.all(Array.from({ length: 10 }, (_, i) => secure(links[i % count] ?? '')))
      expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
      for (const use of uses) if (!use.ok) expect(use).toEqual(INVALID)
      expect(await db().accountLink.count()).toBe(1)
    }
    expect((await eventNames()).filter((name) => name === 'account_secured')).toHaveLength(2)
  })

  test('with log-ins, a password change and a deletion in flight: no session and no password is left', async () => {
    for (let round = 0; round < 3; round++) {
      user = await createUser()
      const [token, changer, leaver] = [await sendLink(), await thief(), await thief()]
      const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }
      await Promise.all([
        logInWith(PASSWORD),
        changePassword(changer, { ...change, signIn: makeSignIn({ client }) }),
        secure(token),
        requestDeletion(leaver, { password: PASSWORD, now: new Date() }),
        logInWith(PASSWORD),
      ])
      expect(await activeSessions()).toBe(0)
      expect(await db().password.count({ where: { userId: user.id } })).toBe(0)
      expect(await db().user.findUnique({ where: { id: user.id } })).toMatchObject({ deletionDueAt: null })
      for (const password of [PASSWORD, NEW_PASSWORD])
        expect(await logInWith(password)).toMatchObject({ ok: false })
    }
  })

  test('with a disabling: the account is disabled, and no link leads to a password', async () => {
    const token = await sendLink()
    const [secured] = await Promise.all([
      secure(token),
      disableAccount(COMMAND_LINE, user.id, { now: new Date() }),
    ])
    expect(await reset(secured.ok ? secured.value : token)).toEqual(INVALID)
    expect(await activeSessions()).toBe(0)
  })
})

test('no event, and no row, holds the secret of a link', async () => {
  const token = await sendLink()
  const secured = await secure(token)
  const secrets = [token, secured.ok ? secured.value : '']
  const rows = JSON.stringify([await allEvents(), await db().accountLink.findMany()])
  for (const secret of secrets) expect(rows).not.toContain(secret)
})
