import { randomBytes, randomUUID } from 'node:crypto'
import { eventRow } from '#lib/audit/event-row.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { hashPassword } from '#lib/auth/password/hash-password.ts'
import { db } from '#lib/db/client.ts'
import { DAY_SECONDS, daysBefore, secondsLater } from '#lib/time.ts'
import { watch } from '#lib/watch/watch.ts'
import { guessing, spraying } from './attacks.ts'
import { ordinaryMonth } from './ordinary-month.ts'
import type { DemoSession, Happening } from './ordinary-user.ts'
import { DEMO_PASSWORD, OPERATOR, PEOPLE, VICTIM } from './accounts.ts'

const SESSION_DAYS = 30
const BATCH = 500

/** Fills an empty instance with a month of people, tasks and log-ins, and two attacks: a spraying two days ago, and a password that was guessed this hour. */
export async function fill(now: Date): Promise<void> {
  const userIds = new Map<string, string>()
  for (const email of PEOPLE.keys()) userIds.set(email, await addPerson(email, now))
  const everybody = [...userIds.values()]
  const { happenings, sessions } = ordinaryMonth(everybody, now)

  const victimId = userIds.get(VICTIM) ?? ''
  const thief = { id: randomUUID(), userId: victimId }
  const spray = spraying(daysBefore(now, 2), everybody.slice(4, 16))
  const guess = guessing(secondsLater(now, -45 * 60), victimId, thief.id)
  const stolen = {
    ...thief,
    client: guess.success.client,
    startedAt: guess.success.at,
    lastSeenAt: guess.success.at,
  }

  await addSessions([...sessions, stolen])
  await addEvents([...happenings, ...spray, ...guess.happenings])
  for (const end of [spray, guess.happenings]) await watch(end.at(-1)?.at)
}

async function addPerson(email: string, now: Date): Promise<string> {
  const stored = await hashPassword(DEMO_PASSWORD)
  const { name = '', tasks = [] } = PEOPLE.get(email) ?? {}
  const createdAt = daysBefore(now, SESSION_DAYS)
  const { id } = await db().user.create({
    data: {
      ...{ email, name, createdAt, role: email === OPERATOR ? 'admin' : 'user' },
      password: { create: { ...stored, changedAt: createdAt } },
      tasks: { create: tasks.map((title, index) => aTask(title, index, now)) },
    },
    select: { id: true },
  })
  return id
}

function aTask(title: string, index: number, now: Date) {
  const createdAt = daysBefore(now, (index + 1) * 2.3)
  return { title, createdAt, completedAt: index % 3 === 2 ? secondsLater(createdAt, DAY_SECONDS) : null }
}

/** Living ones, by refresh tokens that nobody holds. */
async function addSessions(sessions: DemoSession[]): Promise<void> {
  for (const { id, userId, client, startedAt, lastSeenAt } of sessions) {
    const expiresAt = secondsLater(startedAt, SESSION_DAYS * DAY_SECONDS)
    const { ipAddress, userAgent } = client
    const refreshToken = { tokenHash: hashToken(randomBytes(32).toString('base64url')), expiresAt }
    await db().session.create({
      data: {
        ...{ id, userId, transport: 'cookie', signedInWith: 'password', ipAddress, userAgent },
        ...{ createdAt: startedAt, lastSeenAt, expiresAt, refreshTokens: { create: refreshToken } },
      },
    })
    await db().user.updateMany({
      where: { id: userId, OR: [{ lastLoginAt: null }, { lastLoginAt: { lt: startedAt } }] },
      data: { lastLoginAt: startedAt },
    })
  }
}

async function addEvents(happenings: Happening[]): Promise<void> {
  const rows = happenings.map(({ at, event }) => {
    const { details, ...row } = eventRow(event, at)
    return { ...row, ...(details && { details }) }
  })
  for (let first = 0; first < rows.length; first += BATCH) {
    await db().authEvent.createMany({ data: rows.slice(first, first + BATCH) })
  }
}
