import { expect, test } from '@playwright/test'
import {
  type Answer,
  call,
  expectApiAnswer,
  expectError,
  expectInvalid,
  type Meta,
  signUp,
} from '../support/api.ts'
import { createTask } from '../support/isolation.ts'

type Change = { seq: number; batch_id: string; kind: string; before: object | null; after: object | null }
type Changes = { data: Change[]; meta: Meta & { next_since: number; has_gap: boolean } }

test('changes are listed in order, and a batch is undone and redone', async () => {
  const account = await signUp()
  const { token } = account
  const { id } = await createTask(account, 'Water the ferns')
  await call(`/api/me/tasks/${id}`, { method: 'PATCH', token, json: { title: 'Water', is_completed: true } })
  const changes = (since: number): Promise<Answer<Changes>> =>
    call(`/api/me/changes?since=${since}&limit=200`, { token })
  const first = await changes(0)
  expectApiAnswer(first, 200)
  expect(first.body.meta).toMatchObject({ count: 2, next_since: 2, has_gap: false })
  expect(first.body.data).toMatchObject([
    {
      seq: 1,
      kind: 'created',
      task_id: id,
      before: null,
      after: { title: 'Water the ferns', completed_at: null },
    },
    { seq: 2, kind: 'changed', task_id: id, before: { title: 'Water the ferns' }, after: { title: 'Water' } },
  ])

  let batch = first.body.data[1]?.batch_id
  for (const [title, is_completed] of [
    ['Water the ferns', false],
    ['Water', true],
  ]) {
    const undone = await call<{ data: object }>(`/api/me/changes/${batch}/undo`, { method: 'POST', token })
    expectApiAnswer(undone, 200)
    expect(undone.body.data).toEqual({ undone: [id], undone_lists: [], skipped: [] })
    const task = await call<{ data: object }>(`/api/me/tasks/${id}`, { token })
    expect(task.body.data).toMatchObject({ title, is_completed })
    const [last] = (await changes(title === 'Water' ? 3 : 2)).body.data
    expect(last).toMatchObject({ undoes: batch })
    batch = last?.batch_id
  }
  const again = await call<{ data: object }>(`/api/me/changes/${first.body.data[0]?.batch_id}/undo`, {
    method: 'POST',
    token,
  })
  expect(again.body.data).toEqual({
    undone: [],
    undone_lists: [],
    skipped: [{ task_id: id, list_id: null, reason: 'changed_since', fields: ['title', 'completed_at'] }],
  })
})

test('an invalid since gets 400, and an unknown batch 404', async () => {
  const { token } = await signUp()
  for (const since of ['', '-1', 'x', '1.5', '9'.repeat(16)]) {
    expectInvalid(await call(`/api/me/changes?since=${since}`, { token }), 'since')
  }
  for (const batch of ['x', '%00', '018f0000-0000-7000-8000-000000000000']) {
    expectError(await call(`/api/me/changes/${batch}/undo`, { method: 'POST', token }), 404, 'NOT_FOUND')
  }
})
