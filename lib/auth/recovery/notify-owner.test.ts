import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { requestDeletion } from '#lib/auth/deletion/request-deletion.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { newSubmissionId } from '#lib/auth/session/double-submission.ts'
import type { SignIn } from '#lib/auth/session/start-session.ts'
import { signUp } from '#lib/auth/sign-up.ts'
import { db } from '#lib/db/client.ts'
import { openMail } from '#lib/mail/seal-mail.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { deleteAccount } from '#lib/operator/delete-account.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
import { requirePasswordChange } from '#lib/operator/require-password-change.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  createSession,
  createUser,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { statementsOf } from '#lib/testing/statements-of.ts'
import { resetAndLogIn } from './reset-and-log-in.ts'
import { secureAccount } from './secure-account.ts'

const NEW_PASSWORD = 'seven quiet herons at dusk'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const NOW = new Date('2026-12-01T23:30:00Z')
const client = makeClient({ userAgent: FIREFOX })
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'ann@example.com' })
})

async function mails() {
  const rows = await db().mail.findMany({ orderBy: { id: 'asc' } })
  return Promise.all(
    rows.map(async ({ id, kind, sealed }) => ({ kind, ...(sealed && (await openMail(sealed, id))) })),
  )
}

const kinds = async () => (await mails()).map(({ kind }) => kind)

async function actor(): Promise<Actor> {
  const { session } = await createSession(user)
  return { userId: user.id, sessionId: session.id, role: 'user', client }
}

function logInFrom(own: Partial<SignIn>) {
  return logIn({ email: user.email, password: PASSWORD }, makeSignIn({ client, transport: 'cookie', ...own }))
}

const ACTIONS: Record<string, () => Promise<unknown>> = {
  new_device: () => logInFrom({ now: NOW }),
  password_changed: async () =>
    changePassword(await actor(), {
      currentPassword: PASSWORD,
      newPassword: NEW_PASSWORD,
      signIn: makeSignIn({ client, now: NOW }),
    }),
  account_deletion: async () => requestDeletion(await actor(), { password: PASSWORD, now: NOW }),
  sessions_ended: async () => {
    await createSession(user)
    return endAllSessions(COMMAND_LINE, user.id, { now: NOW })
  },
}

describe.each(Object.entries(ACTIONS))('%s', (kind, act) => {
  const isByAdministrator = kind === 'sessions_ended'

  test('has the time in the account’s zone, device and network, and a link that secures the account', async () => {
    await db().user.update({ where: { id: user.id }, data: { timeZone: 'Asia/Kolkata' } })
    expect(await act()).toMatchObject({ ok: true })
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ kind, to: user.email })
    expect(mail?.text).toContain('When: Wed 2 Dec 2026, 05:00 (Asia/Kolkata)')
    const origin = 'Device: Firefox on Linux\nNetwork: 203.0.113.9'
    if (isByAdministrator) expect(mail?.text).not.toContain('Device:')
    else expect(mail?.text).toContain(origin)
    const [, token = ''] = /\/secure-account\?token=([\w-]{43})$/m.exec(mail?.text ?? '') ?? []
    expect(await secureAccount(token, { client, now: NOW })).toMatchObject({ ok: true })
  })

  test('is written in UTC for an account without a zone', async () => {
    await act()
    expect((await mails())[0]?.text).toContain('When: Tue 1 Dec 2026, 23:30 UTC')
  })
})

describe('a log-in', () => {
  test('is reported once per device, and a known one costs no statement for it', async () => {
    const first = await logInFrom({})
    const deviceToken = (first.ok && first.value.deviceToken) || ''
    const statements = await statementsOf(() => logInFrom({ deviceToken }))
    expect(statements.filter((sql) => /mails|account_links/.test(sql))).toEqual([])
    expect(await kinds()).toEqual(['new_device'])
    await logInFrom({ deviceToken: 'planted' })
    await logInFrom({ transport: 'bearer' })
    await logInFrom({ transport: 'bearer' })
    expect(await kinds()).toEqual(Array(3).fill('new_device'))
  })

  test('is reported once for a form that is sent twice', async () => {
    const submission = newSubmissionId()
    for (const _ of [1, 2]) expect(await logInFrom({ submission })).toMatchObject({ ok: true })
    expect(await kinds()).toEqual(['new_device'])
  })

  test('of a sign-up is not reported, nor that of the second copy of its form', async () => {
    const signIn = makeSignIn({ transport: 'cookie', submission: newSubmissionId() })
    const account = { email: 'bob@example.com', password: PASSWORD, name: null }
    for (const _ of [1, 2]) expect(await signUp(account, signIn)).toMatchObject({ ok: true })
    expect(await kinds()).not.toContain('new_device')
  })

  test('after a reset is part of the notice about the password', async () => {
    const token = newToken()
    await createLink(db(), { userId: user.id, purpose: 'reset_password', token, email: user.email, now: NOW })
    const reset = { token, password: NEW_PASSWORD }
    expect(await resetAndLogIn(reset, makeSignIn({ client, transport: 'cookie' }))).toMatchObject({
      ok: true,
    })
    expect(await kinds()).toEqual(['password_changed'])
    expect((await mails())[0]?.text).toContain('with a link from an email')
  })

  test('with a wrong password is not reported', async () => {
    await logIn({ email: user.email, password: 'Not the password' }, makeSignIn())
    expect(await kinds()).toEqual([])
  })

  test('from many new devices sends five mails an hour, whose links all work until one is used', async () => {
    const signIns = Array.from({ length: 8 }, () => logInFrom({}))
    expect((await Promise.all(signIns)).every(({ ok }) => ok)).toBe(true)
    expect(await kinds()).toHaveLength(5)
    expect(await db().accountLink.count({ where: { userId: user.id } })).toBe(5)
    const texts = (await mails()).map(({ text }) => text ?? '')
    const [first = '', ...later] = texts.map((text) => /token=([\w-]{43})/.exec(text)?.[1] ?? '')
    expect(await secureAccount(first, { client, now: new Date() })).toMatchObject({ ok: true })
    for (const other of later)
      expect(await secureAccount(other, { client, now: new Date() })).toMatchObject({ ok: false })
  })
})

describe('an administrator', () => {
  test('who requires a new password, or deletes the account, is named without device or network', async () => {
    await requirePasswordChange(COMMAND_LINE, user.id, { now: NOW })
    await deleteAccount(COMMAND_LINE, user.id, { now: NOW })
    expect(await kinds()).toEqual(['sessions_ended', 'account_deletion'])
    for (const { text = '' } of await mails()) {
      expect(text).toContain('An administrator')
      expect(text).not.toMatch(/Device|Network/)
      expect(text).toContain('/secure-account?token=')
    }
    expect((await mails())[0]?.text).toContain('you choose a new password')
  })

  test('who changes nothing causes no mail', async () => {
    await endAllSessions(COMMAND_LINE, user.id, { now: NOW })
    for (const _ of [1, 2]) await requirePasswordChange(COMMAND_LINE, user.id, { now: NOW })
    expect(await kinds()).toEqual(['sessions_ended'])
  })

  test('who disables an account causes a mail without a link, because none would work', async () => {
    for (const _ of [1, 2]) await disableAccount(COMMAND_LINE, user.id, { now: NOW })
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ kind: 'account_disabled', to: user.email })
    expect(mail?.text).not.toContain('http')
    expect(await db().accountLink.count()).toBe(0)
  })
})

test('a user agent cannot write into the mail: neither a link, nor a line, nor markup', async () => {
  const userAgent = 'x<a href="https://evil.example">\r\nLog in: https://evil.example\u202e'
  await logInFrom({ client: makeClient({ userAgent }) })
  const [mail] = await mails()
  expect(mail?.text).toContain('Device: x\n')
  expect(mail?.text + String(mail?.html)).not.toContain('evil.example')
})
