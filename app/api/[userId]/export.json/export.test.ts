import { beforeEach, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, createSession, createUser, makeTask } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { GET as GET_CSV } from '../export.csv/route.ts'
import { POST as POST_LIST } from '../lists/route.ts'
import { PATCH as COMPLETE } from '../tasks/[taskId]/complete/route.ts'
import { POST } from '../tasks/route.ts'
import { GET as GET_JSON } from './route.ts'

let headers: Record<string, string>

beforeEach(async () => {
  await emptyTables()
  headers = bearer((await withAccessToken(await createSession(await createUser()), new Date())).access.token)
})

const call = (handler: typeof POST, { body, userId = 'me', ...params }: Record<string, unknown> = {}) =>
  handler(makeRequest({ method: 'POST', headers, ...(body ? { body: JSON.stringify(body) } : {}) }), {
    params: Promise.resolve({ userId: String(userId), ...params } as Record<string, string>),
  })

const create = async (body: object) => (await (await call(POST, { body })).json()).data
const json = async () => (await call(GET_JSON)).json()
const csv = async () => (await call(GET_CSV)).text()

test('the JSON file has all tasks of the account as the API has them, with the name of the list', async () => {
  const list = (await (await call(POST_LIST, { body: { name: 'Home' } })).json()).data
  const repeat = { rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'due' }
  const fields = { due_on: '2026-12-21', due_time: '09:30', priority: 1, labels: ['a', 'b'], repeat }
  const done = await create({ title: 'Done' })
  await call(COMPLETE, { taskId: done.id })
  const made = await create({ title: 'Water', description: 'All', list_id: list.id, ...fields })
  await makeTask(await createActor(), { title: 'Of another account' })
  const answer = await call(GET_JSON)
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="taskward-tasks-.+\.json"$/,
  )
  const { tasks, lists } = await answer.json()
  const { user_id: _, ...water } = made
  expect(tasks).toMatchObject([
    { ...water, list: 'Home', repeat: { ...repeat, text: expect.any(String) } },
    { id: done.id, is_completed: true, completed_at: expect.any(String), list: null },
  ])
  expect(tasks[0]).not.toHaveProperty('user_id')
  expect(lists).toMatchObject([{ id: list.id, name: 'Home', open_count: 1 }])
})

test('the CSV file has the same, and no cell is a formula', async () => {
  await create({ title: '=HYPERLINK("https://evil.example")', description: 'a\n=b', labels: ['x, y', 'z\\'] })
  const [head, line = '', ...rest] = (await csv()).split('\r\n')
  expect(head).toMatch(/^"title","description","list","due_on",.*"id"$/)
  expect(line).toMatch(
    /^"'=HYPERLINK\(""https:\/\/evil\.example""\)","a\n=b","","","","","","0","x\\, y, z\\\\",/,
  )
  expect(rest).toEqual([''])
})

test('an account without tasks has files without rows', async () => {
  expect(await json()).toEqual({ lists: [], tasks: [] })
  expect((await csv()).split('\r\n')).toHaveLength(2)
})

test("another account's files are 403, and so many in an hour are 429", async () => {
  const { userId } = await createActor()
  expect((await call(GET_JSON, { userId })).status).toBe(403)
  for (let n = 0; n < 5; n++)
    expect([(await call(GET_JSON)).status, (await call(GET_CSV)).status]).toEqual([200, 200])
  expect((await call(GET_CSV)).status).toBe(429)
})
