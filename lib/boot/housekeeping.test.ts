import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { hashToken } from '#lib/auth/hash-token.ts'
import { rotateRefreshToken } from '#lib/auth/session/rotate-refresh-token.ts'
import { db } from '#lib/db/client.ts'
import { takeLock } from '#lib/db/locks.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { cleanUp } from './housekeeping.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const CHORES = [
  ...[
    'due_accounts',
    'ended_sessions',
    'dead_sessions',
    'old_seals',
    'expired_devices',
    'expired_drafts',
    'expired_links',
    'expired_sign_ups',
    'expired_uploads',
    'former_emails',
    'expired_buckets',
    'expired_blocks',
    'deleted_tasks',
    'deleted_lists',
    'old_changes',
  ],
  ...['old_findings', 'old_alerts', 'old_mails', 'old_mail_files'],
]
const NOTHING = Object.fromEntries(CHORES.map((name) => [name, 0]))
const ALL = { ...Object.fromEntries(CHORES.map((name) => [name, 1])), expired_devices: 2, old_mail_files: 0 }

const daysAgo = (days: number) => secondsLater(NOW, -days * DAY_SECONDS)
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

/** Of each kind one thing that has served its time and one that has not. */
async function furnish(): Promise<void> {
  await putAccounts([secondsLater(NOW, -61), secondsLater(NOW, -59)])
  await createSession(user, { persistent: false, now: daysAgo(32) })
  await createSession(user, { persistent: false, now: daysAgo(30) })
  for (const usedSecondsAgo of [60, 5]) {
    const { refresh } = await createSession(user, { transport: 'cookie', now: daysAgo(1) })
    const used = secondsLater(NOW, -usedSecondsAgo)
    await rotateRefreshToken(refresh.token, { client: makeClient(), transport: 'cookie', databaseNow: used })
  }
  await db().throttleBucket.deleteMany()
  await putBuckets([secondsLater(NOW, -1), secondsLater(NOW, 1)])
  await putBlocks([secondsLater(NOW, -1), secondsLater(NOW, 1)])
  await putTasks([daysAgo(31), daysAgo(29), null])
  await putLists([daysAgo(31), daysAgo(29), null])
  await putChanges([daysAgo(31), daysAgo(29)])
  await putFindings()
  await putDevices()
  await putDrafts([secondsLater(NOW, -1), secondsLater(NOW, 1)])
  await putMails()
  await putLinks([secondsLater(NOW, -1), secondsLater(NOW, 1)])
  await putSignUps([secondsLater(NOW, -1), secondsLater(NOW, 1)])
  await putFormerEmails([secondsLater(NOW, -1), secondsLater(NOW, 1)])
  const ending = { reason: 'ended_by_operator', endedAt: daysAgo(1), epoch: 0 } as const
  await db().sessionEnding.create({ data: { userId: user.id, ...ending } })
  await db().session.updateMany({ where: { createdAt: { not: daysAgo(30) } }, data: { epoch: 1 } })
}

async function putAccounts(dueTimes: Date[]): Promise<void> {
  const data = dueTimes.map((deletionDueAt, index) => ({ email: `${index}@example.com`, deletionDueAt }))
  await db().user.createMany({ data })
}

/** Two that are no longer known, and two of the same age that are. */
async function putDevices(): Promise<void> {
  const days = { 'cookie:old': 401, 'cookie:young': 399, 'network:old': 31, 'network:young': 29 }
  const data = Object.entries(days).map(([fingerprint, age]) => ({
    ...{ userId: user.id, fingerprint, lastLoginAt: daysAgo(age) },
  }))
  await db().knownDevice.createMany({ data })
}

/** One finding past the events' retention and one not, which has an old alert, never sent, and a young one. */
async function putFindings(): Promise<void> {
  const finding = { pattern: 'signup_burst', subject: 'instance', confidence: 'low', count: 30, details: {} }
  const seenDaysAgo = (days: number) => ({
    ...finding,
    firstSeenAt: daysAgo(days),
    lastSeenAt: daysAgo(days),
  })
  const alerts = [
    { body: {}, createdAt: daysAgo(31), nextAttemptAt: NOW },
    { body: {}, createdAt: daysAgo(29), deliveredAt: daysAgo(29) },
  ]
  const old = { ...seenDaysAgo(401), alerts: { create: { body: {}, nextAttemptAt: NOW } } }
  await db().finding.create({ data: old })
  await db().finding.create({ data: { ...seenDaysAgo(399), alerts: { create: alerts } } })
}

async function putBuckets(ends: Date[]): Promise<void> {
  const data = ends.map((expiresAt) => ({
    key: randomUUID(),
    windowStartedAt: daysAgo(1),
    expiresAt,
    taken: 1,
  }))
  await db().throttleBucket.createMany({ data })
}

async function putBlocks(ends: Date[]): Promise<void> {
  const data = ends.map((blockedUntil) => ({ network: randomUUID(), blockedUntil }))
  await db().blockedNetwork.createMany({ data })
}

async function putTasks(deletions: (Date | null)[]): Promise<void> {
  const data = deletions.map((deletedAt) => ({ userId: user.id, title: 'Water the plants', deletedAt }))
  await db().task.createMany({ data })
}

async function putLists(deletions: (Date | null)[]): Promise<void> {
  const list = { userId: user.id, name: 'Home', position: 'V', createdAt: NOW, updatedAt: NOW, version: 1 }
  await db().taskList.createMany({
    data: deletions.map((deletedAt) => ({ ...list, id: randomUUID(), deletedAt })),
  })
}

async function putChanges(times: Date[]): Promise<void> {
  const ids = { userId: user.id, batchId: randomUUID(), taskId: randomUUID() }
  const data = times.map((createdAt, seq) => ({ ...ids, seq, kind: 'created', after: {}, createdAt }))
  await db().change.createMany({ data })
}

async function putDrafts(ends: Date[]): Promise<void> {
  for (const expiresAt of ends) {
    const { id } = await createUser()
    const data = { tokenHash: new Uint8Array(32), page: '/tasks', form: 'add-task', values: {}, expiresAt }
    await db().draft.create({ data: { userId: id, ...data } })
    const upload = { id, file: new Uint8Array(1), preview: {}, expiresAt }
    await db().taskUpload.create({ data: { userId: id, ...upload } })
  }
}

/** One sent mail past its time and one not. */
async function putMails(): Promise<void> {
  const data = [31, 29].map((age) => ({
    ...{ id: randomUUID(), userId: user.id, kind: 'password_reset', attempts: 1 },
    ...{ createdAt: daysAgo(age), expiresAt: daysAgo(age), sentAt: daysAgo(age) },
  }))
  await db().mail.createMany({ data })
}

async function putLinks(ends: Date[]): Promise<void> {
  for (const expiresAt of ends) {
    const { id, email } = await createUser()
    const data = {
      tokenHash: hashToken(id),
      purpose: 'reset_password',
      createdAt: daysAgo(1),
      expiresAt,
      email,
    }
    await db().accountLink.create({ data: { userId: id, ...data } })
  }
}

async function putFormerEmails(ends: Date[]): Promise<void> {
  for (const expiresAt of ends) {
    const { id } = await createUser()
    const data = { email: `${id}@example.org`, tokenHash: hashToken(id), changedAt: daysAgo(1), expiresAt }
    await db().formerEmail.create({ data: { userId: id, ...data } })
  }
}

async function putSignUps(ends: Date[]): Promise<void> {
  const stored = { hash: 'x', scheme: 2, cost: 4, pepperId: 'x' }
  const data = ends.map((expiresAt) => ({
    ...{ id: randomUUID(), email: 'ann@example.com', client: {} },
    ...{ ...stored, expiresAt },
  }))
  await db().pendingSignUp.createMany({ data })
}

async function contents() {
  return {
    sessions: await db().session.count(),
    seals: await db().refreshToken.count({ where: { sealedSuccessor: { not: null } } }),
    buckets: await db().throttleBucket.count(),
    blocks: await db().blockedNetwork.count(),
    tasks: await db().task.count(),
    lists: await db().taskList.count(),
    changes: await db().change.count(),
    findings: await db().finding.count(),
    alerts: await db().alert.count(),
    devices: (await db().knownDevice.findMany()).map(({ fingerprint }) => fingerprint).sort(),
    endings: await db().sessionEnding.count(),
    drafts: await db().draft.count(),
    uploads: await db().taskUpload.count(),
    mails: await db().mail.count(),
    links: await db().accountLink.count(),
    signUps: await db().pendingSignUp.count(),
    formerEmails: await db().formerEmail.count(),
  }
}

test('deletes expired rows and no others', async () => {
  await furnish()
  expect(await cleanUp(NOW)).toEqual(ALL)
  const kept = {
    sessions: 3,
    seals: 1,
    buckets: 1,
    blocks: 1,
    tasks: 2,
    lists: 2,
    changes: 1,
    findings: 1,
    alerts: 1,
    drafts: 1,
    uploads: 1,
    mails: 1,
    links: 1,
    signUps: 1,
    formerEmails: 1,
  }
  expect(await contents()).toEqual({ ...kept, devices: ['cookie:young', 'network:young'], endings: 0 })
  expect(await cleanUp(NOW)).toEqual(NOTHING)
})

test('does nothing while another instance cleans up', async () => {
  await furnish()
  const before = await contents()
  await db().$transaction(async (tx) => {
    await takeLock(tx, 'housekeeping')
    expect(await cleanUp(NOW)).toEqual(NOTHING)
  })
  expect(await contents()).toEqual(before)
  expect(await cleanUp(NOW)).toEqual(ALL)
})

test('deletes every row once when many instances run at the same time', async () => {
  await furnish()
  const removed = await Promise.all(Array.from({ length: 5 }, () => cleanUp(NOW)))
  removed.push(await cleanUp(NOW))
  for (const [chore, rows] of Object.entries(ALL)) {
    const sum = removed.reduce((total, counts) => total + (counts[chore] ?? 0), 0)
    expect(sum, chore).toBe(rows)
  }
})

test('deletes more than one batch in one run', async () => {
  await putBuckets(Array.from({ length: 2500 }, () => daysAgo(1)))
  await putTasks(Array.from({ length: 1000 }, () => daysAgo(31)))
  expect(await cleanUp(NOW)).toEqual({ ...NOTHING, expired_buckets: 2500, deleted_tasks: 1000 })
})

test('skips a locked row without waiting, and deletes it in the next run', async () => {
  await putTasks([daysAgo(31)])
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM tasks FOR UPDATE`
    expect(await cleanUp(NOW)).toEqual(NOTHING)
  })
  expect(await cleanUp(NOW)).toEqual({ ...NOTHING, deleted_tasks: 1 })
})
