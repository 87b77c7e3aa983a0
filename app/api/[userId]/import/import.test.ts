import { beforeEach, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, createSession, createUser } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { POST as UNDO } from '../changes/[batchId]/undo/route.ts'
import { POST } from './route.ts'

let headers: Record<string, string>

beforeEach(async () => {
  await emptyTables()
  headers = bearer((await withAccessToken(await createSession(await createUser()), new Date())).access.token)
})

type Call = { userId?: string; query?: string; type?: string }

async function send(body: string, { userId = 'me', query = '', type = 'text/csv' }: Call = {}) {
  const request = makeRequest({
    method: 'POST',
    path: `/api/me/import${query}`,
    headers: { ...headers, 'content-type': type },
    body,
  })
  const answer = await POST(request, { params: Promise.resolve({ userId }) })
  return { status: answer.status, body: await answer.json() }
}

const CSV = 'title,list,due_on,is_completed\nA,Home,,\nB,,never,\nC,home,,true\n'
const DATA = {
  tasks: 2,
  completed: 1,
  new_lists: ['Home'],
  problems: [{ row: 3, column: 'due_on', issue: 'must be a day such as 2026-12-24' }],
  problem_count: 1,
}

test('a dry run changes nothing, an import adds all, and one undo takes it back', async () => {
  expect(await send(CSV, { query: '?dry_run=1' })).toMatchObject({
    status: 200,
    body: { data: DATA, meta: { batch_id: null } },
  })
  expect(await db().task.count()).toBe(0)
  const { status, body } = await send(CSV)
  expect([status, body.data]).toEqual([200, DATA])
  expect(await db().task.count({ where: { listId: { not: null } } })).toBe(2)
  const request = makeRequest({ method: 'POST', headers })
  const undone = await UNDO(request, {
    params: Promise.resolve({ userId: 'me', batchId: body.meta.batch_id }),
  })
  expect(undone.status).toBe(200)
  expect(await db().task.count({ where: { deletedAt: null } })).toBe(0)
  expect(await db().taskList.count({ where: { deletedAt: null } })).toBe(0)
})

test('refuses other content types, bad files, bad queries and full accounts', async () => {
  expect((await send(CSV, { type: 'text/html' })).status).toBe(415)
  expect((await send('')).body.error).toMatchObject({ code: 'BAD_REQUEST', message: 'This file is empty.' })
  expect((await send('{', { type: 'application/json; charset=utf-8' })).status).toBe(400)
  expect((await send(`title\n${'x'.repeat(10 * 1024 * 1024)}`)).status).toBe(413)
  expect((await send(CSV, { query: '?dry_run=yes' })).status).toBe(400)
  await send('title\nA')
  await db().taskCounter.updateMany({ data: { openTasks: 20_000 } })
  expect((await send('title\nA')).body.error).toMatchObject({
    code: 'QUOTA_EXCEEDED',
    details: [{ field: 'open_tasks', limit: 20_000 }],
  })
})

test("another account's path is 403, and so many in an hour are 429", async () => {
  const { userId } = await createActor()
  expect((await send(CSV, { userId })).status).toBe(403)
  for (let n = 0; n < 30; n++) await send('')
  expect((await send('')).status).toBe(429)
})
