import { beforeEach, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { DELETE as DELETE_LIST, PATCH as PATCH_LIST } from '../lists/[listId]/route.ts'
import { POST as POST_LIST } from '../lists/route.ts'
import { PATCH as COMPLETE } from '../tasks/[taskId]/complete/route.ts'
import { DELETE, GET as GET_TASK, PATCH } from '../tasks/[taskId]/route.ts'
import { POST } from '../tasks/route.ts'
import { POST as UNDO } from './[batchId]/undo/route.ts'

let headers: Record<string, string>

beforeEach(async () => {
  await emptyTables()
  headers = bearer((await withAccessToken(await createSession(await createUser()), new Date())).access.token)
})

async function send(handler: typeof PATCH, params: object = {}, body?: object) {
  const request = makeRequest({ method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) })
  const answer = await handler(request, { params: Promise.resolve({ userId: 'me', ...params }) })
  if (answer.status === 204) return { batchId: answer.headers.get('x-batch-id') ?? '' }
  const { data, meta } = await answer.json()
  return { data, batchId: meta.batch_id, status: answer.status }
}

test('each change names the batch that undoes it, also an undo', async () => {
  const made = await send(POST, {}, { title: 'Water' })
  const taskId = made.data.id
  const present = async () => (await send(GET_TASK, { taskId })).data
  const renamed = await send(PATCH, { taskId }, { title: 'Water the ferns' })
  const completed = await send(COMPLETE, { taskId })
  const deleted = await send(DELETE, { taskId })
  await send(UNDO, { batchId: deleted.batchId })
  expect(await present()).toMatchObject({ title: 'Water the ferns', is_completed: true })
  const reopened = await send(UNDO, { batchId: completed.batchId })
  await send(UNDO, { batchId: renamed.batchId })
  expect(await present()).toMatchObject({ title: 'Water', is_completed: false })
  await send(UNDO, { batchId: reopened.batchId })
  expect(await present()).toMatchObject({ title: 'Water', is_completed: true })
})

test('changes of lists name their batch', async () => {
  const made = await send(POST_LIST, {}, { name: 'Home' })
  const listId = made.data.id
  const renamed = await send(PATCH_LIST, { listId }, { name: 'House' })
  const deleted = await send(DELETE_LIST, { listId })
  for (const { batchId } of [deleted, renamed, made]) {
    expect((await send(UNDO, { batchId })).data).toMatchObject({ undone_lists: [listId], skipped: [] })
  }
})

test('what changes nothing has no batch, and reading names none', async () => {
  const { data } = await send(POST, {}, { title: 'Water' })
  const params = { taskId: data.id }
  expect(await send(PATCH, params, { title: 'Water' })).toMatchObject({ batchId: null })
  await send(COMPLETE, params)
  expect(await send(COMPLETE, params)).toMatchObject({ batchId: null, status: 200 })
  expect((await send(GET_TASK, params)).batchId).toBeUndefined()
})
