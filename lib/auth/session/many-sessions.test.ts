import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Actor, Operator } from '#lib/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { reportUnrecognisedEvent } from '#lib/auth/report-unrecognised-event.ts'
import { db } from '#lib/db/client.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
import { getUser } from '#lib/operator/get-user.ts'
import { listUsers } from '#lib/operator/list-users.ts'
import { requirePasswordChange } from '#lib/operator/require-password-change.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createOperator,
  createSession,
  createUser,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { insertSessions } from '#lib/testing/insert-sessions.ts'
import { rowsTouched } from '#lib/testing/rows-touched.ts'
import { endOtherSessions } from './end-session.ts'
import { listSessions } from './list-sessions.ts'

const SESSIONS = 20_000
/** Covers 1,000 sessions and their tokens, and a few rows of other tables. */
const MOST_ROWS = 6_000

let sql: pg.Client
let user: TestUser
let actor: Actor
let operator: Operator
let eventId: string

beforeAll(async () => {
  await emptyTables()
  sql = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await sql.connect()
  user = await createUser()
  operator = await createOperator()
  const { session } = await createSession(user)
  actor = { userId: user.id, sessionId: session.id, role: 'user', client: makeClient() }
  await insertSessions(user, SESSIONS)
  await logIn({ email: user.email, password: 'wrong' }, makeSignIn())
  eventId = (await allEvents())[0]!.id
  await reopen()
})

/** Makes all sessions open again. */
async function reopen(): Promise<void> {
  await db().sessionEnding.deleteMany()
  await db().session.updateMany({
    where: { OR: [{ revokedAt: { not: null } }, { epoch: { gt: 0 } }] },
    data: { epoch: 0, revokedAt: null, revokedReason: null },
  })
  const data = { sessionEpoch: 0, disabledAt: null, passwordChangeRequiredAt: null }
  await db().user.update({ where: { id: user.id }, data })
  await db().password.update({ where: { userId: user.id }, data: { hash: user.hash } })
}

afterEach(reopen)

afterAll(async () => {
  await sql.end()
  await emptyTables()
})

const READS: Record<string, () => Promise<unknown>> = {
  'the list of devices': () => listSessions(actor, new Date()),
  'an administrator’s view of the account': () => getUser(operator, user.id, { now: new Date() }),
  'an administrator’s list of accounts': () => listUsers(operator, { now: new Date() }),
}

const ENDINGS: Record<string, () => Promise<unknown>> = {
  'log-out of all other devices': () => endOtherSessions(actor, { now: new Date() }),
  '“This wasn’t me”': () => reportUnrecognisedEvent(actor, { eventId, now: new Date() }),
  'a password change': () =>
    changePassword(actor, {
      currentPassword: PASSWORD,
      newPassword: 'eight loud herons at dawn',
      signIn: makeSignIn(),
    }),
  disabling: () => disableAccount(operator, user.id, { now: new Date() }),
  'an operator’s log-out': () => endAllSessions(operator, user.id, { now: new Date() }),
  'a required password change': () => requirePasswordChange(operator, user.id, { now: new Date() }),
  'a log-in, which leaves 100': () => logIn({ email: user.email, password: PASSWORD }, makeSignIn()),
}

test.each(Object.entries({ ...READS, ...ENDINGS }))(
  `with ${SESSIONS} sessions, %s reads and writes no more rows than with a few hundred`,
  async (_, run) => {
    const before = await rowsTouched(sql)
    expect(await run()).not.toMatchObject({ ok: false })
    expect((await rowsTouched(sql)) - before).toBeLessThan(MOST_ROWS)
  },
)
