import { afterEach, beforeEach, expect, test } from 'vitest'
import { changePassword } from '#lib/auth/change-password.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { logOut } from '#lib/auth/log-out.ts'
import { refresh } from '#lib/auth/refresh.ts'
import { db, isDatabaseUnavailable } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  createSession,
  createUser,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { endOtherSessions } from './end-session.ts'

process.env.RATE_LIMITS = Object.keys(LIMITS)
  .map((name) => `${name}=1000000/60`)
  .join()

const RACERS = 100
const ROUNDS = rounds(8)
const NEW_PASSWORD = 'eight loud herons at dawn'

beforeEach(emptyTables)
afterEach(expectOneTokenPerSession)

test('rotates once in 100 parallel cookie refreshes, which all get the same successor', async () => {
  for (const _ of ROUNDS) {
    const { refresh: first, user } = await signedIn('cookie')
    const request = { client: makeClient(), transport: 'cookie', now: new Date() } as const
    const answers = await race(() => refresh(first.token, request))
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
    expect(new Set(answers.map((answer) => answer.ok && answer.value.refresh.token)).size).toBe(1)
    expect(await countEvents(user.id, 'token_refreshed')).toBe(1)
    expect(await countEvents(user.id, 'refresh_token_raced')).toBe(RACERS - 1)
  }
}, 240_000)

test('lets one of 100 parallel bearer refreshes succeed, and keeps the session', async () => {
  for (const _ of ROUNDS) {
    const { refresh: first, user } = await signedIn('bearer')
    const request = { client: makeClient(), transport: 'bearer', now: new Date() } as const
    const answers = await race(() => refresh(first.token, request))
    const [winner, ...more] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    expect(more).toEqual([])
    expect(await countEvents(user.id, 'refresh_token_raced')).toBe(RACERS - 1)
    expect((await refresh(winner!.refresh.token, request)).ok).toBe(true)
  }
}, 240_000)

test('leaves no session when the account is disabled during log-ins and a password change', async () => {
  for (const _ of ROUNDS) {
    const person = await signedIn('cookie')
    await Promise.all([
      ...parallelRequests(person),
      disableAccount(COMMAND_LINE, person.user.id, { now: new Date() }),
    ])
    expect(await listActiveSessions(person)).toEqual([])
  }
}, 60_000)

test('leaves only the session of a password change, whatever log-ins with the old password were in flight', async () => {
  for (const _ of ROUNDS) {
    const person = await signedIn('cookie')
    const [changed] = await Promise.all(parallelRequests(person))
    const own = changed.ok ? changed.value.session.id : null
    // "Log out all other devices" may have ended it.
    expect((await listActiveSessions(person)).filter((id) => id !== own)).toEqual([])
    expect(own).not.toBeNull()
  }
}, 60_000)

test('changes the passwords of two browsers with each other’s cookies without a deadlock', async () => {
  for (const _ of ROUNDS) {
    const [one, other] = [await signedIn('cookie'), await signedIn('cookie')]
    const changed = await Promise.all([change(one, other.refresh.token), change(other, one.refresh.token)])
    expect(changed.map(({ ok }) => ok)).toEqual([true, true])
  }
}, 60_000)

function rounds(count: number): number[] {
  return Array.from({ length: count }, (_, round) => round)
}

type SignedIn = Awaited<ReturnType<typeof signedIn>>

async function signedIn(transport: 'cookie' | 'bearer') {
  const user: TestUser = await createUser()
  const started = await createSession(user, { transport })
  const actor = {
    userId: user.id,
    sessionId: started.session.id,
    role: 'user',
    client: makeClient(),
  } as const
  return { ...started, user, actor }
}

/** Retries where a busy machine has no free connection for 3 s (503). */
function race<T>(run: () => Promise<T>): Promise<T[]> {
  const runPatiently = (): Promise<T> =>
    run().catch((error) => (isDatabaseUnavailable(error) ? runPatiently() : Promise.reject(error)))
  return Promise.all(Array.from({ length: RACERS }, runPatiently))
}

function change({ actor }: SignedIn, replacedRefreshToken: string) {
  const { client } = actor
  const signIn = makeSignIn({ client, transport: 'cookie', replacedRefreshToken })
  return changePassword(actor, { currentPassword: PASSWORD, newPassword: NEW_PASSWORD, signIn })
}

/** A password change during log-ins, refreshes and log-outs. */
function parallelRequests(person: SignedIn) {
  const { user, actor, refresh: first, session } = person
  const { client } = actor
  const account = { email: user.email, password: PASSWORD }
  const signIn = makeSignIn({ client, transport: 'cookie', replacedRefreshToken: first.token })
  const now = new Date()
  return [
    change(person, first.token),
    logIn(account, signIn),
    logIn(account, { ...signIn, transport: 'bearer' }),
    refresh(first.token, { client, transport: 'cookie', now }),
    endOtherSessions(actor, { now }),
    refresh(first.token, { client, transport: 'cookie', now }),
    logOut(session.id, { client, now }),
    logIn(account, makeSignIn({ client, persistent: false })),
  ] as const
}

async function listActiveSessions({ user }: SignedIn): Promise<string[]> {
  const active = await db().session.findMany({ where: { userId: user.id, revokedAt: null } })
  return active.map(({ id }) => id)
}

function countEvents(userId: string, eventType: string): Promise<number> {
  return db().authEvent.count({ where: { userId, eventType } })
}

async function expectOneTokenPerSession(): Promise<void> {
  const sessions = await db().session.findMany({ include: { refreshTokens: { where: { rotatedAt: null } } } })
  expect(sessions.filter(({ refreshTokens }) => refreshTokens.length !== 1)).toEqual([])
}
