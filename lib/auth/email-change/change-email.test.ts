import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { confirmEmail } from '#lib/auth/confirmation/confirm-email.ts'
import { requestDeletion } from '#lib/auth/deletion/request-deletion.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { resetPassword } from '#lib/auth/recovery/reset-password.ts'
import { refresh } from '#lib/auth/refresh.ts'
import { signUp } from '#lib/auth/sign-up.ts'
import { db } from '#lib/db/client.ts'
import { verifyAccessToken } from '#lib/gate/verify-access-token.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { enableAccount } from '#lib/operator/enable-account.ts'
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
import { openMails, tokenMailedTo } from '#lib/testing/mails.ts'
import { requestEmailChange } from './request-email-change.ts'

const NEW = 'ann.new@example.org'
const NEW_PASSWORD = 'seven quiet herons at dusk'
const INVALID = { ok: false, error: { code: 'INVALID_LINK' } }
const client = makeClient()
let user: TestUser
let here: Awaited<ReturnType<typeof createSession>>

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'ann@example.com' })
  here = await createSession(user)
})

async function request(email = NEW, of: TestUser = user) {
  const { session } = await createSession(of)
  const actor: Actor = { userId: of.id, sessionId: session.id, role: 'user', client }
  return requestEmailChange(actor, { email, password: PASSWORD, now: new Date() })
}

async function mailedLink(email = NEW, of: TestUser = user): Promise<string> {
  await request(email, of)
  return tokenMailedTo(email, 'email_change')
}

const confirm = (token: string) => confirmEmail(token, { client, now: new Date() })
const emailOf = async ({ id }: TestUser) => (await db().user.findUniqueOrThrow({ where: { id } })).email
const signUpWith = (email: string) =>
  signUp({ email, password: NEW_PASSWORD, name: null }, makeSignIn({ client }))
const logInWith = (email: string) => logIn({ email, password: PASSWORD }, makeSignIn({ client }))

test('changes and confirms the address, and mails the former one a link that undoes it', async () => {
  expect(await confirm(await mailedLink())).toEqual({ ok: true, value: NEW })
  expect(await db().user.findFirst()).toMatchObject({ email: NEW, emailVerified: expect.any(Date) })
  const mail = (await openMails()).find(({ kind }) => kind === 'email_changed')
  expect(mail).toMatchObject({ to: 'ann@example.com' })
  expect(mail?.text).toMatch(/http:\/\/localhost:3000\/undo-email-change\?token=[\w-]{43}\n/)
  expect(mail?.text).toContain(`New email: ${NEW}`)
  expect((await eventNames()).at(-1)).toBe('email_changed')
  expect(await logInWith('ann@example.com')).toMatchObject({ ok: false })
  expect(await logInWith(NEW)).toMatchObject({ ok: true })
})

test('keeps the sessions, whose next access token has the new address', async () => {
  await confirm(await mailedLink())
  const refreshed = await refresh(here.refresh.token, { client, transport: 'bearer', now: new Date() })
  const token = refreshed.ok ? refreshed.value.access.token : ''
  expect(await verifyAccessToken(token, new Date())).toMatchObject({ ok: true, value: { email: NEW } })
})

test('ends every other link of the account', async () => {
  const token = await mailedLink()
  const purposes = ['reset_password', 'confirm_email'] as const
  for (const purpose of purposes)
    await createLink(db(), {
      userId: user.id,
      purpose,
      token: newToken(),
      email: user.email,
      now: new Date(),
    })
  await confirm(token)
  expect(await db().accountLink.count()).toBe(0)
})

test('a link of a disabled account gives no hint, and works again once it is enabled', async () => {
  const token = await mailedLink()
  await db().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
  expect(await confirm(token)).toEqual(INVALID)
  await enableAccount(COMMAND_LINE, user.id, { now: new Date() })
  expect(await confirm(token)).toMatchObject({ ok: true })
})

describe('races', () => {
  test('of ten confirmations by one link exactly one wins', async () => {
    const token = await mailedLink()
    const uses = await Promise.all(Array.from({ length: 10 }, () => confirm(token)))
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    for (const use of uses) if (!use.ok) expect(use).toEqual(INVALID)
    expect((await openMails()).filter(({ kind }) => kind === 'email_changed')).toHaveLength(1)
  })

  test('of accounts with links to one address, and a sign-up, exactly one gets it', async () => {
    const others = await Promise.all([createUser(), createUser(), createUser()])
    const tokens = []
    for (const one of [user, ...others]) tokens.push(await mailedLink(NEW, one))
    const all = await Promise.all([...tokens.map(confirm), signUpWith(NEW)])
    expect(all.filter(({ ok }) => ok)).toHaveLength(1)
    for (const one of all)
      if (!one.ok) expect(['INVALID_LINK', 'EMAIL_TAKEN', 'BUSY']).toContain(one.error.code)
    expect(await db().user.count({ where: { email: NEW } })).toBe(1)
    expect(await eventNames()).toContain('email_confirmed email_taken')
    // The losers' links are used up, and their addresses are what they were.
    for (const token of tokens) expect(await confirm(token)).toEqual(INVALID)
    expect(await db().formerEmail.count()).toBeLessThanOrEqual(1)
  })

  test('with sign-ups for the former address: it stays reserved', async () => {
    const token = await mailedLink()
    const answers = await Promise.all([
      confirm(token),
      ...Array.from({ length: 4 }, () => signUpWith('ann@example.com')),
    ])
    expect(answers[0]).toMatchObject({ ok: true })
    for (const answer of answers.slice(1))
      expect(answer.ok ? 'ok' : answer.error.code).toMatch(/^(EMAIL_TAKEN|BUSY)$/)
    expect(await signUpWith('ann@example.com')).toEqual({ ok: false, error: { code: 'EMAIL_TAKEN' } })
    expect(await db().user.count()).toBe(1)
  })

  test('with a reset of the password: whichever comes second fails', async () => {
    for (let round = 0; round < 4; round++) {
      const one = await createUser()
      const change = await mailedLink(`${one.id}@example.org`, one)
      const reset = newToken()
      const link = { userId: one.id, purpose: 'reset_password', token: reset, email: one.email } as const
      await createLink(db(), { ...link, now: new Date() })
      const [changed, replaced] = await Promise.all([
        confirm(change),
        resetPassword({ token: reset, password: NEW_PASSWORD }, { client, now: new Date() }),
      ])
      expect([changed.ok, replaced.ok].sort()).toEqual([false, true])
      expect(await emailOf(one)).toBe(changed.ok ? `${one.id}@example.org` : one.email)
    }
  })

  test('with a disabling: no deadlock, and a disabled account keeps what it has', async () => {
    const token = await mailedLink()
    const [changed] = await Promise.all([
      confirm(token),
      disableAccount(COMMAND_LINE, user.id, { now: new Date() }),
    ])
    expect(await emailOf(user)).toBe(changed.ok ? NEW : user.email)
  })
})

test('while the change can be undone, the account can neither change the address again nor be deleted', async () => {
  await confirm(await mailedLink())
  const { expiresAt } = await db().formerEmail.findFirstOrThrow()
  const refused = {
    ok: false,
    error: {
      code: 'EMAIL_CHANGED_RECENTLY',
      details: [{ field: 'email', issue: expect.stringContaining(expiresAt.toISOString()) }],
    },
  }
  expect(await request('third@example.org')).toEqual(refused)
  const actor: Actor = { userId: user.id, sessionId: here.session.id, role: 'user', client }
  expect(await requestDeletion(actor, { password: PASSWORD, now: new Date() })).toEqual(refused)
  expect((await eventNames()).slice(-2)).toEqual([
    'email_change_requested changed_recently',
    'account_deletion_requested email_changed_recently',
  ])
  expect(await requestDeletion(actor, { password: PASSWORD, now: expiresAt })).toMatchObject({ ok: true })
})

test('after its end the former address is replaced by that of the next change', async () => {
  await confirm(await mailedLink())
  await db().formerEmail.updateMany({ data: { expiresAt: new Date() } })
  expect(await confirm(await mailedLink('third@example.org'))).toMatchObject({ ok: true })
  expect(await db().formerEmail.findMany()).toMatchObject([{ email: NEW }])
  expect(await signUpWith('ann@example.com')).toMatchObject({ ok: true })
})
