import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import type { PageRequest } from '#lib/page.ts'
import { listTasks, readOwnTasks, toOwnTasks } from '#lib/tasks/list-tasks.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, createSession, createUser, makeClient, makeTask } from '#lib/testing/factories.ts'
import { taskBody } from './task-body.ts'

const now = new Date()
const client = makeClient()
let actor: Actor
let token: string

beforeEach(async () => {
  await emptyTables()
  const user = await createUser()
  const { access, session } = await withAccessToken(await createSession(user), now)
  token = access.token
  actor = { userId: user.id, sessionId: session.id, role: 'user', client }
})

async function readAlong(request: PageRequest) {
  const authenticated = await authenticate(token, { client, now, read: readOwnTasks(request) })
  if (!authenticated.ok) throw new Error(authenticated.error.code)
  return toOwnTasks(authenticated.value.own, request)
}

test('answers tasks that the check of the session has read letter for letter like others', async () => {
  await makeTask(await createActor(), { title: "another user's" })
  await makeTask(actor, { title: 'plain' })
  const due = { dueOn: '2026-11-30', dueTime: '09:05', dueZone: 'Europe/Berlin', startOn: '2026-11-29' }
  const repeat = { rule: 'FREQ=DAILY', from: 'due' } as const
  const labels = ['home', 'zwölf', 'c++']
  const full = { title: '"\\ 😀\u2028', description: 'two\nlines', priority: 1, labels, repeat, ...due }
  const { id } = await makeTask(actor, full)
  // PostgreSQL leaves out the last zeros of a time.
  const times = {
    createdAt: new Date('2026-11-29T10:00:00.000Z'),
    updatedAt: new Date('2026-11-29T10:00:00.120Z'),
  }
  await db().task.update({ where: { id }, data: { ...times, completedAt: new Date() } })
  for (const request of [{}, { limit: 1 }, { limit: 1, cursor: id }]) {
    const [along, listed] = [await readAlong(request), await listTasks(actor, request)]
    expect(JSON.stringify(along.tasks.map(taskBody))).toBe(JSON.stringify(listed.tasks.map(taskBody)))
    expect(along.nextCursor).toBe(listed.nextCursor)
  }
  expect((await readAlong({})).tasks.map(({ title }) => title)).toEqual([full.title, 'plain'])
})

test('an account without tasks has an empty page', async () => {
  expect(await readAlong({})).toEqual({ tasks: [], nextCursor: null })
})
