import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { edgeEnv } from '#lib/env/edge.ts'
import { log } from '#lib/log.ts'
import { metrics } from '#lib/metrics.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createUser } from '#lib/testing/factories.ts'
import { type MailServer, parseMail, startMailServer } from '#lib/testing/mail-server.ts'
import { DAY_SECONDS, HOUR_SECONDS, secondsLater } from '#lib/time.ts'
import { claimMail } from './claim-mail.ts'
import { deliverMails } from './deliver-mails.ts'
import { queueMail } from './queue-mail.ts'

const LIMITS = { connectMs: 5_000, silenceMs: 500, totalMs: 1_500 }
const TOKEN = 'the-token-of-the-link'
let server: MailServer

beforeEach(async () => {
  await emptyTables()
  server = await startMailServer()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await server.stop()
})

async function queue(to = 'ann@example.org', own: { userId?: string; expiresAt?: Date } = {}) {
  await queueMail(db(), { kind: 'password_reset', to, userId: null, values: { token: TOKEN }, ...own })
}

function rows() {
  const select = { attempts: true, nextAttemptAt: true, sentAt: true, lastError: true, sealed: true }
  return db().mail.findMany({ select, orderBy: { id: 'asc' } })
}

const later = (seconds: number) => secondsLater(new Date(), seconds)

function deliver(databaseNow?: Date) {
  return deliverMails({ smtp: server.smtp, limits: LIMITS, ...(databaseNow && { databaseNow }) })
}

async function messageIds(): Promise<(string | undefined)[]> {
  return Promise.all(server.received.map(async ({ raw }) => (await parseMail(raw)).messageId))
}

const waiting = { sentAt: null, nextAttemptAt: expect.any(Date), sealed: expect.any(Uint8Array) }
const done = { sentAt: expect.any(Date), nextAttemptAt: null, sealed: null, lastError: null }
const dead = { sentAt: null, nextAttemptAt: null, sealed: null }

test('sends a due mail once and erases it', async () => {
  await queue()
  await deliver()
  await deliver(later(HOUR_SECONDS))
  expect(server.received).toHaveLength(1)
  expect(server.received[0]?.to).toEqual(['ann@example.org'])
  expect(await rows()).toMatchObject([{ ...done, attempts: 1 }])
})

test('sends a message with both texts, its headers and no other', async () => {
  await queue()
  await deliver()
  const raw = server.received[0]?.raw ?? ''
  const mail = await parseMail(raw)
  const [row] = await db().mail.findMany()
  expect(mail).toMatchObject({
    subject: 'Reset your Taskward password',
    from: { name: 'Taskward', address: 'taskward@localhost' },
    to: [{ address: 'ann@example.org' }],
    messageId: `<${row?.id}@localhost>`,
    text: expect.stringContaining(`http://localhost:3000/reset-password?token=${TOKEN}`),
    html: expect.stringContaining(`href="http://localhost:3000/reset-password?token=${TOKEN}"`),
    attachments: [],
  })
  expect(mail.headers.map(({ key }) => key).sort()).toEqual(
    ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].sort(),
  )
  // Readable where a person opens the file as it is.
  expect(raw).toContain(`\r\nhttp://localhost:3000/reset-password?token=${TOKEN}\r\n`)
})

test('keeps the secret and the address out of the log', async () => {
  const lines = [vi.spyOn(log(), 'info'), vi.spyOn(log(), 'warn'), vi.spyOn(log(), 'error')]
  server.onRecipient = () => 451
  await queue()
  await deliver()
  server.onRecipient = () => 550
  await deliver(later(60))
  const logged = JSON.stringify(lines.flatMap((spy) => spy.mock.calls))
  expect(logged).toContain('answered 550 to RCPT TO')
  expect(logged).not.toMatch(/ann@|the-token/)
})

describe('a server that refuses', () => {
  test.each([550, 552, 553, 554])('a recipient with %i gets the mail no second time', async (code) => {
    const user = await createUser()
    server.onRecipient = () => code
    await queue(user.email, { userId: user.id })
    await deliver()
    await deliver(later(HOUR_SECONDS))
    expect(server.received).toEqual([])
    const lastError = `answered ${code} to RCPT TO`
    expect(await rows()).toMatchObject([{ ...dead, attempts: 1, lastError }])
  })

  test('the message itself gets it no second time', async () => {
    server.onMessage = async ({ read }) => {
      await read()
      return 554
    }
    await queue()
    await deliver()
    await deliver(later(HOUR_SECONDS))
    expect(server.received).toHaveLength(1)
    expect(await rows()).toMatchObject([{ ...dead, lastError: 'answered 554 to DATA' }])
  })

  test('leaves a dead letter: an event of the account, an error in the log and a count', async () => {
    const error = vi.spyOn(log(), 'error')
    const user = await createUser()
    server.onRecipient = () => 550
    await queue(user.email, { userId: user.id })
    await deliver()
    expect(await allEvents()).toMatchObject([
      {
        eventType: 'mail_failed',
        userId: user.id,
        failureReason: 'refused',
        details: { mail: 'password_reset' },
      },
    ])
    expect(error).toHaveBeenCalledOnce()
    const text = await metrics().registry.metrics()
    expect(text).toContain('taskward_mail_outcomes_total{kind="password_reset",outcome="refused"}')
    expect(text).toContain('taskward_mails{state="undelivered"} 1')
  })

  test('the log-in of this client keeps the mail, because an operator can correct it', async () => {
    await server.stop()
    server = await startMailServer({ auth: { user: 'taskward', pass: 'right' } })
    server.smtp.auth = { user: 'taskward', pass: 'wrong' }
    await queue()
    await deliver()
    expect(await rows()).toMatchObject([{ ...waiting, lastError: 'answered 535 to AUTH PLAIN' }])
    server.smtp.auth = { user: 'taskward', pass: 'right' }
    await deliver(later(60))
    expect(server.received).toMatchObject([{ user: 'taskward' }])
  })
})

test('sends a greylisted mail again, with the same Message-ID', async () => {
  const seen = new Set<string>()
  server.onRecipient = (address) => (seen.size === seen.add(address).size ? null : 451)
  await queue()
  await deliver()
  expect(await rows()).toMatchObject([{ ...waiting, attempts: 1, lastError: 'answered 451 to RCPT TO' }])
  await deliver(later(20))
  expect(server.received).toEqual([])
  await deliver(later(31))
  expect(server.received).toHaveLength(1)
  expect(await rows()).toMatchObject([{ ...done, attempts: 2 }])
})

test('waits for a slow server, and sends once', async () => {
  server.onMessage = async ({ read }) => {
    await read()
    await new Promise((resolve) => setTimeout(resolve, 300))
    return null
  }
  await queue()
  await deliver()
  expect(server.received).toHaveLength(1)
  expect(await rows()).toMatchObject([done])
})

test('gives up waiting for a silent server, and tries again', async () => {
  const held = Promise.withResolvers<null>()
  server.onMessage = () => held.promise
  await queue()
  await deliver()
  expect(await rows()).toMatchObject([{ ...waiting, lastError: 'not sent: ETIMEDOUT' }])
  held.resolve(null)
  server.onMessage = async ({ read }) => read().then(() => null)
  await deliver(later(60))
  expect(await rows()).toMatchObject([done])
})

test('loses nothing when the connection drops in the middle of a message', async () => {
  server.onMessage = async ({ dropConnection }) => {
    dropConnection()
    return null
  }
  await queue()
  await deliver()
  expect(await rows()).toMatchObject([
    { ...waiting, attempts: 1, lastError: expect.stringMatching(/^not sent: E/) },
  ])
  server.onMessage = async ({ read }) => read().then(() => null)
  await deliver(later(60))
  expect(server.received).toHaveLength(1)
  expect(await rows()).toMatchObject([{ ...done, attempts: 2 }])
})

test('a message whose answer is lost is sent again, as SMTP demands, with the same Message-ID', async () => {
  server.onMessage = async ({ read, dropConnection }) => {
    await read()
    dropConnection()
    return null
  }
  await queue()
  await deliver()
  server.onMessage = async ({ read }) => read().then(() => null)
  await deliver(later(60))
  await deliver(later(HOUR_SECONDS))
  expect(server.received).toHaveLength(2)
  expect(new Set(await messageIds()).size).toBe(1)
})

test('keeps the mail while no server listens', async () => {
  const { smtp } = server
  await server.stop()
  await queue()
  await deliverMails({ smtp, limits: LIMITS })
  expect(await rows()).toMatchObject([{ ...waiting, lastError: 'not sent: ESOCKET' }])
  server = await startMailServer()
  await deliver(later(60))
  expect(server.received).toHaveLength(1)
})

test('retries at growing intervals for a day, then leaves a dead letter', async () => {
  server.onRecipient = () => 451
  const user = await createUser()
  await queue(user.email, { userId: user.id })
  const waits: number[] = []
  const [queued] = await db().mail.findMany()
  let due = queued?.nextAttemptAt ?? null
  while (due) {
    const now = due
    await deliver(now)
    due = (await rows())[0]?.nextAttemptAt ?? null
    if (due) waits.push((due.getTime() - now.getTime()) / 1000)
  }
  expect(waits.length).toBeGreaterThan(15)
  expect(waits.length).toBeLessThan(26)
  for (const [i, longest] of [30, 60, 120, 240, 480, 960, 1920, 3840, 7200, 7200].entries()) {
    expect(waits[i]).toBeGreaterThanOrEqual(longest * 0.74)
    expect(waits[i]).toBeLessThanOrEqual(longest)
  }
  const total = waits.reduce((sum, wait) => sum + wait, 0)
  expect(total).toBeGreaterThan(DAY_SECONDS - 7200)
  expect(total).toBeLessThan(DAY_SECONDS)
  expect(await rows()).toMatchObject([{ ...dead, lastError: 'answered 451 to RCPT TO' }])
  expect(await allEvents()).toMatchObject([{ failureReason: 'unavailable', userId: user.id }])
})

test('drops a mail whose link has expired', async () => {
  await queue('ann@example.org', { expiresAt: later(60) })
  await deliver(later(61))
  expect(server.received).toEqual([])
  expect(await rows()).toMatchObject([{ ...dead, lastError: 'expired' }])
})

test('makes no further attempt that would come after the end of the link', async () => {
  server.onRecipient = () => 451
  await queue('ann@example.org', { expiresAt: later(20) })
  await deliver()
  expect(await rows()).toMatchObject([{ ...dead, attempts: 1, lastError: 'answered 451 to RCPT TO' }])
})

test('sends every mail once when eight deliverers run in parallel', async () => {
  const addresses = Array.from({ length: 40 }, (_, i) => `user${i}@example.org`)
  for (const address of addresses) await queue(address)
  await Promise.all(Array.from({ length: 8 }, () => deliver()))
  expect(server.received.flatMap(({ to }) => to).sort()).toEqual(addresses.sort())
  expect(await db().mail.count({ where: { attempts: 1, sentAt: { not: null } } })).toBe(40)
})

test('a process that dies between the claim and the answer loses nothing', async () => {
  await queue()
  await claimMail(undefined)
  await deliver(later(590))
  expect(server.received).toEqual([])
  await deliver(later(610))
  expect(server.received).toHaveLength(1)
  expect(await rows()).toMatchObject([{ ...done, attempts: 2 }])
})

test('a failure that arrives after its claim expired changes nothing', async () => {
  const held = Promise.withResolvers<number>()
  const arrived = Promise.withResolvers<void>()
  server.onMessage = async ({ read }) => {
    await read()
    arrived.resolve()
    return held.promise
  }
  await queue()
  const late = deliverMails({ smtp: server.smtp })
  await arrived.promise
  server.onMessage = async ({ read }) => read().then(() => null)
  await deliver(later(610))
  held.resolve(554)
  await late
  expect(await rows()).toMatchObject([{ ...done, attempts: 2 }])
  expect(await allEvents()).toEqual([])
})

test('an accepted mail is not sent again although the database fails at that moment', async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  let failures = 0
  server.onMessage = async ({ read }) => {
    await read()
    await client.query('BEGIN; LOCK TABLE mails IN ACCESS EXCLUSIVE MODE')
    return null
  }
  await queue()
  const delivery = deliver()
  await expect.poll(() => server.received.length).toBe(1)
  // Ends the connections that wait to mark it, twice, before it succeeds.
  while (failures < 2) {
    const { rowCount } = await client.query(`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND datname = current_database()`)
    failures += rowCount ?? 0
  }
  await client.query('COMMIT')
  await delivery
  await client.end()
  await deliver(later(HOUR_SECONDS))
  expect(server.received).toHaveLength(1)
  expect(await rows()).toMatchObject([{ ...done, attempts: 1 }])
})

test.each([null, 550, 451])(
  'an account deleted while its mail is sent leaves nothing, answer %s',
  async (code) => {
    const user = await createUser()
    server.onMessage = async ({ read }) => {
      await read()
      await db().user.delete({ where: { id: user.id } })
      return code
    }
    await queue(user.email, { userId: user.id })
    await deliver()
    expect(await rows()).toEqual([])
    expect(await allEvents()).toEqual([])
  },
)

test('stops after the current mail when its signal aborts', async () => {
  const end = new AbortController()
  server.onMessage = async ({ read }) => {
    end.abort()
    return read().then(() => null)
  }
  await queue('ann@example.org')
  await queue('bob@example.org')
  await deliverMails({ smtp: server.smtp, signal: end.signal })
  expect(server.received).toHaveLength(1)
  expect(await db().mail.count({ where: { nextAttemptAt: { not: null } } })).toBe(1)
})

describe('rotation of JWT_SECRET', () => {
  const env = edgeEnv()
  const secrets = env.jwtSecrets
  const added = 'kU8vXq2ZrT5wYb1nMc7jLd4hGf9sPa3eRo6iVu0tWxE'

  afterEach(() => {
    env.jwtSecrets = secrets
  })

  test('loses no mail that waits', async () => {
    await queue('ann@example.org')
    env.jwtSecrets = [added, ...secrets]
    await queue('bob@example.org')
    await deliver()
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual(['ann@example.org', 'bob@example.org'])
  })

  test('postpones a mail whose secret was removed, sends the others, and sends it when the secret is back', async () => {
    await queue('ann@example.org')
    env.jwtSecrets = [added]
    await queue('bob@example.org')
    await deliver()
    expect(server.received.flatMap(({ to }) => to)).toEqual(['bob@example.org'])
    expect(await rows()).toMatchObject([{ ...waiting, lastError: 'unreadable' }, done])
    env.jwtSecrets = [added, ...secrets]
    await deliver(later(60))
    expect(server.received.flatMap(({ to }) => to)).toEqual(['bob@example.org', 'ann@example.org'])
  })

  test('leaves a dead letter if the secret does not come back', async () => {
    await queue('ann@example.org', { expiresAt: later(20) })
    env.jwtSecrets = [added]
    await deliver()
    expect(await allEvents()).toMatchObject([{ failureReason: 'unreadable' }])
    expect(await rows()).toMatchObject([{ ...dead, lastError: 'unreadable' }])
  })
})
