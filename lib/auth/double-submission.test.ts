import { beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { logIn } from './log-in.ts'
import { logOut } from './log-out.ts'
import { refresh } from './refresh.ts'
import { authenticate } from './session/authenticate.ts'
import { newSubmissionId } from './session/double-submission.ts'
import type { SignIn } from './session/start-session.ts'
import type { SignedIn } from './session/tokens.ts'
import { signUp } from './sign-up.ts'

const FAILED = { ok: false, error: { code: 'AUTH_FAILED' } }
const TAKEN = { ok: false, error: { code: 'EMAIL_TAKEN' } }
const ada = { email: 'ada@example.com', password: PASSWORD, name: null }
const submission = newSubmissionId()

beforeEach(emptyTables)

function fromForm(own: Partial<SignIn> = {}): SignIn {
  return makeSignIn({ transport: 'cookie', submission, ...own })
}

function post(user: { email: string }, own: Partial<SignIn> & { password?: string } = {}) {
  const { password = PASSWORD, ...signIn } = own
  return logIn({ email: user.email, password }, fromForm(signIn))
}

async function signedIn(answer: ReturnType<typeof post> | ReturnType<typeof signUp>): Promise<SignedIn> {
  const result = await answer
  if (!result.ok) throw new Error(result.error.code)
  if (!result.value) throw new Error('the answer is a mail')
  return result.value
}

function activeSessions() {
  return db().session.count({ where: { revokedAt: null } })
}

/** Whichever answer the browser keeps, it stays logged in. */
async function expectOneSession(answers: SignedIn[]): Promise<void> {
  expect(new Set(answers.map(({ session }) => session.id)).size).toBe(1)
  expect(await activeSessions()).toBe(1)
  const unused = { rotatedAt: null, session: { revokedAt: null } }
  expect(await db().refreshToken.count({ where: unused })).toBe(1)
  for (const { access } of answers)
    expect(await authenticate(access.token, { client: makeClient(), now: new Date() })).toMatchObject({
      ok: true,
    })
  const presented = answers.map(({ refresh: { token } }) =>
    refresh(token, { client: makeClient(), transport: 'cookie', now: new Date() }),
  )
  expect((await Promise.all(presented)).map(({ ok }) => ok)).toEqual(answers.map(() => true))
}

describe('a log-in', () => {
  let user: TestUser

  beforeEach(async () => {
    user = await createUser(ada)
  })

  test.each([2, 5])(
    'sent %i times in parallel starts one session, and every answer carries it',
    async (times) => {
      const answers = await Promise.all(Array.from({ length: times }, () => signedIn(post(user))))
      await expectOneSession(answers)
      expect(await eventNames()).toEqual(
        [...Array(times).fill('login'), 'token_refreshed'].concat(
          Array(times - 1).fill('refresh_token_raced'),
        ),
      )
    },
  )

  test('sent again seconds later gets the same session, also with the cookies of the first answer', async () => {
    const first = await signedIn(post(user))
    const second = await signedIn(post(user))
    const third = await signedIn(post(user, { replacedRefreshToken: first.refresh.token }))
    await expectOneSession([first, second, third])
  })

  test('sent twice over an earlier session ends that one once', async () => {
    const old = await signedIn(post(user, { submission: newSubmissionId() }))
    const own = { replacedRefreshToken: old.refresh.token }
    const answers = await Promise.all([1, 2, 3].map(() => signedIn(post(user, own))))
    expect(new Set(answers.map(({ session }) => session.id)).size).toBe(1)
    expect(await activeSessions()).toBe(1)
    expect((await eventNames()).filter((name) => name === 'session_revoked')).toHaveLength(1)
  })

  test('sent again over a session that started in between ends that one', async () => {
    const first = await signedIn(post(user))
    const between = await signedIn(post(user, { submission: newSubmissionId() }))
    const second = await signedIn(post(user, { replacedRefreshToken: between.refresh.token }))
    await expectOneSession([first, second])
  })

  test('sent again after half a minute starts another session, even if the clock was set back', async () => {
    const start = new Date()
    const first = await signedIn(post(user, { now: start }))
    for (const seconds of [31, -31]) {
      const later = await signedIn(post(user, { now: secondsLater(start, seconds) }))
      expect(later.session.id).not.toBe(first.session.id)
      await db().formSubmission.updateMany({ data: { createdAt: start } })
    }
  })

  test('sent again after its session was logged out or renewed starts another', async () => {
    const first = await signedIn(post(user))
    await logOut(first.session.id, { client: makeClient(), now: new Date() })
    const second = await signedIn(post(user))
    expect(second.session.id).not.toBe(first.session.id)
    await refresh(second.refresh.token, { client: makeClient(), transport: 'cookie', now: new Date() })
    const third = await signedIn(post(user))
    expect([first, second].map(({ refresh }) => refresh.token)).not.toContain(third.refresh.token)
    expect(third.session.id).not.toBe(second.session.id)
  })

  test('with the id of another user’s form gains nothing', async () => {
    const owner = await signedIn(post(user))
    const eve = await createUser()
    const stranger = await signedIn(post(eve))
    expect(stranger.user.id).toBe(eve.id)
    expect(stranger.session.id).not.toBe(owner.session.id)
    expect(stranger.refresh.token).not.toBe(owner.refresh.token)
    expect(await post(user, { password: 'Sunny-day8' })).toEqual(FAILED)
    expect((await eventNames()).at(-1)).toBe('login_failed wrong_password')
    const presented = refresh(submission, { client: makeClient(), transport: 'cookie', now: new Date() })
    expect(await presented).toMatchObject({ error: { code: 'INVALID_REFRESH_TOKEN' } })
    for (let i = 0; i < 4; i++) await post(user, { password: 'Sunny-day8' })
    expect(await post(user)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  })

  test('to an account that was disabled meanwhile is refused', async () => {
    await post(user)
    await db().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
    expect(await post(user)).toEqual(FAILED)
  })

  test('without an id starts a session each time', async () => {
    const answers = [1, 2].map(() => signedIn(post(user, { submission: undefined })))
    const [first, second] = await Promise.all(answers)
    expect(first!.session.id).not.toBe(second!.session.id)
  })

  test('leaves neither token nor id in the database', async () => {
    const { refresh } = await signedIn(post(user))
    const [row] = await db().$queryRaw<{ row: string }[]>`
      SELECT encode(hash, 'escape') || encode(sealed_token, 'escape') AS row FROM form_submissions`
    for (const secret of [refresh.token, submission]) expect(row!.row).not.toContain(secret)
  })
})

describe('a sign-up', () => {
  const attempt = (own: Partial<typeof ada> = {}, signIn: Partial<SignIn> = {}) =>
    signUp({ ...ada, ...own }, fromForm(signIn))

  test.each([2, 4])('sent %i times in parallel creates one account and one session', async (times) => {
    const answers = await Promise.all(Array.from({ length: times }, () => signedIn(attempt())))
    expect(await db().user.count()).toBe(1)
    await expectOneSession(answers)
  })

  test('sent again a moment later gets the same session, and records no failure', async () => {
    const first = await signedIn(attempt())
    const second = await signedIn(attempt())
    expect(await eventNames()).toEqual(['signup', 'login'])
    await expectOneSession([first, second])
  })

  test('with another password, another id or none is refused, because the address is taken', async () => {
    await attempt()
    expect(await attempt({ password: 'Another-day8' })).toEqual(TAKEN)
    expect(await attempt({}, { submission: newSubmissionId() })).toEqual(TAKEN)
    expect(await attempt({}, { submission: undefined })).toEqual(TAKEN)
    expect(await activeSessions()).toBe(1)
  })

  test('cannot guess passwords: the throttles of log-ins apply', async () => {
    await attempt()
    for (let i = 0; i < 5; i++) expect(await attempt({ password: `Another-day${i}` })).toEqual(TAKEN)
    expect(await attempt()).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  })
})

describe('a client that leaves while its password is checked', () => {
  /** Lets an attempt wait for the table of users until its client aborts. */
  async function leaveDuring(attempt: (client: Client) => Promise<unknown>): Promise<unknown> {
    const left = new AbortController()
    let answer: Promise<unknown> = Promise.resolve()
    await db().$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE users IN ACCESS EXCLUSIVE MODE`
      answer = attempt(makeClient({ abortSignal: left.signal }))
      await new Promise((resolve) => setTimeout(resolve, 200))
      left.abort()
    })
    return answer
  }

  test('leaves no session', async () => {
    const user = await createUser(ada)
    const answer = await leaveDuring((client) => post(user, { client }))
    expect(answer).toMatchObject({ error: { code: 'BUSY' } })
    expect(await db().session.count()).toBe(0)
  })

  test('leaves no account', async () => {
    const answer = await leaveDuring((client) => signUp(ada, fromForm({ client })))
    expect(answer).toMatchObject({ error: { code: 'BUSY' } })
    expect(await db().user.count()).toBe(0)
  })
})
