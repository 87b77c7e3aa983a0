import { afterEach, beforeEach, expect, test } from 'vitest'
import { changePassword } from '#lib/auth/change-password'
import { disableAccount } from '#lib/auth/disable-account'
import { logIn } from '#lib/auth/log-in'
import { logOut } from '#lib/auth/log-out'
import { refresh } from '#lib/auth/refresh'
import { db } from '#lib/db/client'
import { truncateAll } from '#lib/testing/database'
import { newClient, newPerson, type Person } from '#lib/testing/people'
import { LIMITS } from '#lib/throttle/limits'
import { endOtherSessions } from './end-session'

process.env.RATE_LIMITS = Object.keys(LIMITS)
  .map((name) => `${name}=1000000/60`)
  .join()

const RACERS = 100
const ROUNDS = Array.from({ length: 20 }, (_, round) => round)
const NEW_PASSWORD = 'eight loud herons at dawn'

beforeEach(truncateAll)
afterEach(expectOneTokenPerSession)

test('100 cookie refreshes at once are one rotation, and all get the same successor', async () => {
  for (const _ of ROUNDS) {
    const { refresh: first, user } = await newPerson('cookie')
    const answers = await race(RACERS, () =>
      refresh(first.token, { client: newClient(), transport: 'cookie' }),
    )
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
    expect(new Set(answers.map((answer) => answer.ok && answer.value.refresh.token)).size).toBe(1)
    expect(await countEvents(user.id, 'token_refreshed')).toBe(1)
    expect(await countEvents(user.id, 'refresh_token_raced')).toBe(RACERS - 1)
  }
}, 120_000)

test('of 100 bearer refreshes at once exactly one succeeds, and the session lives on with its token', async () => {
  for (const _ of ROUNDS) {
    const { refresh: first, user } = await newPerson('bearer')
    const request = { client: newClient(), transport: 'bearer' } as const
    const answers = await race(RACERS, () => refresh(first.token, request))
    const [winner, ...more] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    expect(more).toEqual([])
    expect(await countEvents(user.id, 'refresh_token_raced')).toBe(RACERS - 1)
    expect((await refresh(winner!.refresh.token, request)).ok).toBe(true)
  }
}, 120_000)

test('no session survives a log-in, a password change and a disabling that are in flight together', async () => {
  for (const _ of ROUNDS) {
    const person = await newPerson('cookie')
    await Promise.all([...busyness(person), disableAccount(person.user.id, newClient())])
    expect(await livingSessions(person)).toEqual([])
  }
}, 60_000)

test('after a password change only its own session lives, whatever log-ins with the old password were in flight', async () => {
  for (const _ of ROUNDS) {
    const person = await newPerson('cookie')
    const [changed] = await Promise.all(busyness(person))
    const own = changed.ok ? [changed.value.session.id] : []
    expect(own).toHaveLength(1)
    expect(await livingSessions(person)).toEqual(own)
  }
}, 60_000)

test('two browsers that hold cookies of each other change their passwords without a deadlock', async () => {
  for (const _ of ROUNDS) {
    const [one, other] = [await newPerson('cookie'), await newPerson('cookie')]
    const changed = await Promise.all([change(one, other.refresh.token), change(other, one.refresh.token)])
    expect(changed.map(({ ok }) => ok)).toEqual([true, true])
  }
}, 60_000)

function race<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, run))
}

function change({ actor, password, client }: Person, replacedRefreshToken: string) {
  const passwords = { currentPassword: password, newPassword: NEW_PASSWORD }
  return changePassword(actor, passwords, {
    client,
    transport: 'cookie',
    persistent: true,
    replacedRefreshToken,
  })
}

/** A password change, and whatever else a lively account may be doing: log-ins, refreshes, log-outs. */
function busyness(person: Person) {
  const { email, password, client, actor, refresh: first, session } = person
  const signIn = { client, transport: 'cookie', persistent: true, replacedRefreshToken: first.token } as const
  return [
    change(person, first.token),
    logIn({ email, password }, signIn),
    logIn({ email, password }, { ...signIn, transport: 'bearer' }),
    refresh(first.token, { client, transport: 'cookie' }),
    endOtherSessions(actor),
    refresh(first.token, { client, transport: 'cookie' }),
    logOut(session.id, client),
    logIn({ email, password }, { client, transport: 'bearer', persistent: false }),
  ] as const
}

async function livingSessions({ user }: Person): Promise<string[]> {
  const living = await db().session.findMany({ where: { userId: user.id, revokedAt: null } })
  return living.map(({ id }) => id)
}

function countEvents(userId: string, eventType: string): Promise<number> {
  return db().authEvent.count({ where: { userId, eventType } })
}

async function expectOneTokenPerSession(): Promise<void> {
  const sessions = await db().session.findMany({ include: { refreshTokens: { where: { rotatedAt: null } } } })
  expect(sessions.filter(({ refreshTokens }) => refreshTokens.length !== 1)).toEqual([])
}
