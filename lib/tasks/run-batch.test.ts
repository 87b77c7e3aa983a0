import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { runBatch } from './run-batch.ts'

const now = new Date('2026-11-30T10:00:00Z')
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

test('a refused version comes with the task as it is stored, without what the batch has done before', async () => {
  const { id } = await makeTask(ada, { title: 'Stored' })
  const refused = await runBatch(
    ada,
    [
      { op: 'update', id, changes: { title: 'Not saved', priority: 1 } },
      { op: 'delete', id, versions: [7] },
    ],
    { now },
  )
  expect(refused).toMatchObject({
    error: { index: 1, refusal: { code: 'VERSION_MISMATCH', task: { title: 'Stored', version: 1 } } },
  })
})

test('a completion that is taken back within the batch has no next task', async () => {
  const repeat = { rule: 'FREQ=DAILY', from: 'due' } as const
  const [one, other] = [
    await makeTask(ada, { title: 'One', dueOn: '2026-11-30', repeat }),
    await makeTask(ada, { title: 'Other', dueOn: '2026-11-30', repeat }),
  ]
  const saved = await runBatch(
    ada,
    [
      { op: 'update', id: one.id, changes: { isCompleted: true } },
      { op: 'update', id: one.id, changes: { isCompleted: false } },
      { op: 'update', id: other.id, changes: { isCompleted: true } },
    ],
    { now },
  )
  expect(saved.ok && saved.value.map((task) => task?.nextTaskId)).toEqual([
    undefined,
    undefined,
    expect.any(String),
  ])
})

test('a label is added to those of each task or taken from them, and none goes beyond the most', async () => {
  const full = Array.from({ length: 50 }, (_, index) => `label${index}`)
  const [one, other, most] = [
    await makeTask(ada, { title: 'One', labels: ['a', 'b'] }),
    await makeTask(ada, { title: 'Other', labels: [] }),
    await makeTask(ada, { title: 'Most', labels: full }),
  ]
  const apply = async (label: string, isAdded: boolean, tasks = [one, other]) => {
    const operations = tasks.map(({ id }) => ({ op: 'label', id, label, isAdded }) as const)
    const saved = await runBatch(ada, operations, { now })
    return saved.ok ? saved.value.map((task) => task?.labels) : saved.error.refusal.code
  }
  expect(await apply('b', true)).toEqual([['a', 'b'], ['b']])
  expect(await apply('B', true)).toEqual([['a', 'b'], ['b']])
  expect(await apply('A', false)).toEqual([['b'], ['b']])
  expect(await apply('b', false)).toEqual([[], []])
  expect(await apply('new', true, [one, most])).toBe('TOO_MANY_LABELS')
  expect(await apply('label7', true, [one, most])).toEqual([['label7'], full])
})
