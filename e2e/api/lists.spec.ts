import { expect, test } from '@playwright/test'
import { call, expectApiAnswer, expectError, expectInvalid, ISO_TIME, signUp, UUID } from '../support/api.ts'
import { createList, createTask } from '../support/isolation.ts'

type List = { id: string; name: string; open_count: number; archived_at: string | null }

test('a list can be made, filled, renamed, archived, moved and deleted', async () => {
  const account = await signUp()
  const { token } = account
  const made = await call<{ data: List }>('/api/me/lists', { token, json: { name: ' Home ' } })
  expectApiAnswer(made, 201)
  expect(made.body.data).toEqual({
    id: expect.stringMatching(UUID),
    name: 'Home',
    position: expect.any(String),
    archived_at: null,
    open_count: 0,
    created_at: expect.stringMatching(ISO_TIME),
    updated_at: expect.stringMatching(ISO_TIME),
    version: 1,
  })
  const home = made.body.data.id
  const work = await createList(account, 'Work')
  const { id } = await createTask(account, 'Water the ferns')
  const moved = await call<{ data: object }>(`/api/me/tasks/${id}`, {
    method: 'PATCH',
    token,
    json: { list_id: home.toUpperCase() },
  })
  expect(moved.body.data).toMatchObject({ list_id: home, version: 2 })

  const json = { name: 'House', is_archived: true, after_id: work }
  const changed = await call<{ data: List }>(`/api/me/lists/${home}`, { method: 'PATCH', token, json })
  expectApiAnswer(changed, 200)
  const archived = { name: 'House', archived_at: expect.stringMatching(ISO_TIME), open_count: 1, version: 2 }
  expect(changed.body.data).toMatchObject(archived)
  const all = await call<{ data: List[]; meta: object }>('/api/me/lists', { token })
  expect(all.body).toMatchObject({ data: [{ id: work, open_count: 0 }, { id: home }], meta: { count: 2 } })

  expectApiAnswer(await call(`/api/me/lists/${home}`, { method: 'DELETE', token }), 204)
  const task = await call<{ data: object }>(`/api/me/tasks/${id}`, { token })
  expect(task.body.data).toMatchObject({ list_id: null, version: 3 })
  expectError(await call(`/api/me/lists/${home}`, { method: 'DELETE', token }), 404, 'NOT_FOUND')
  expectError(await call('/api/me/tasks', { token, json: { title: 'x', list_id: home } }), 404, 'NOT_FOUND')
})

test('an invalid field of a list gets 400 with its name', async () => {
  const account = await signUp()
  const { token } = account
  const path = `/api/me/lists/${await createList(account, 'Home')}`
  for (const name of ['', ' ', 'x'.repeat(101), null, 1, 'a\0b']) {
    expectInvalid(await call('/api/me/lists', { token, json: { name } }), 'name')
    expectInvalid(await call(path, { method: 'PATCH', token, json: { name } }), 'name')
  }
  const json = { is_archived: 'true', after_id: 'x' }
  expectInvalid(await call(path, { method: 'PATCH', token, json }), 'after_id', 'is_archived')
  expectInvalid(await call('/api/me/tasks', { token, json: { title: 'x', list_id: 'x' } }), 'list_id')
})
