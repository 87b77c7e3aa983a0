import { randomBytes, randomUUID } from 'node:crypto'
import { eventRow } from '#lib/audit/event-row.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { hashPassword } from '#lib/auth/password/hash-password.ts'
import { db } from '#lib/db/client.ts'
import { DAY_SECONDS, daysBefore, secondsLater } from '#lib/time.ts'
import { runChecks } from '#lib/watch/run-checks.ts'
import { ACCOUNTS, ADMINISTRATOR, DEMO_PASSWORD, VICTIM } from './accounts.ts'
import { addTasks } from './add-tasks.ts'
import { guessing, spraying } from './attacks.ts'
import { ordinaryMonth } from './ordinary-month.ts'
import type { DemoSession, TimedEvent } from './ordinary-user.ts'

const SESSION_DAYS = 30
const BATCH = 500

/** The attacks are password spraying two days ago, and a password that was guessed within the last hour. */
export async function fill(now: Date): Promise<void> {
  const userIds = new Map<string, string>()
  for (const email of ACCOUNTS.keys()) userIds.set(email, await addAccount(email, now))
  const allIds = [...userIds.values()]
  const { events, sessions } = ordinaryMonth(allIds, now)

  const victimId = userIds.get(VICTIM) ?? ''
  const attacker = { id: randomUUID(), userId: victimId }
  const spray = spraying(daysBefore(now, 2), allIds.slice(4, 16))
  const guess = guessing(secondsLater(now, -45 * 60), victimId, attacker.id)
  const stolen = {
    ...attacker,
    client: guess.success.client,
    startedAt: guess.success.at,
    lastSeenAt: guess.success.at,
  }

  await addSessions([...sessions, stolen])
  await addEvents([...events, ...spray, ...guess.events])
  for (const attack of [spray, guess.events]) await runChecks(attack.at(-1)?.at ?? now)
}

async function addAccount(email: string, now: Date): Promise<string> {
  const stored = await hashPassword(DEMO_PASSWORD)
  const { name = '', tasks = [] } = ACCOUNTS.get(email) ?? {}
  const createdAt = daysBefore(now, SESSION_DAYS)
  const { id } = await db().user.create({
    data: {
      ...{ email, name, createdAt, role: email === ADMINISTRATOR ? 'admin' : 'user' },
      emailVerified: createdAt,
      password: { create: { ...stored, changedAt: createdAt } },
    },
    select: { id: true },
  })
  await addTasks(id, tasks, now)
  return id
}

/** Active sessions, whose refresh tokens no client has. */
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

async function addEvents(events: TimedEvent[]): Promise<void> {
  const rows = events.map(({ at, event }) => {
    const { details, ...row } = eventRow(event, at)
    return { ...row, ...(details && { details }) }
  })
  for (let first = 0; first < rows.length; first += BATCH) {
    await db().authEvent.createMany({ data: rows.slice(first, first + BATCH) })
  }
}
