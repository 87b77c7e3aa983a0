import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { createQuickTasks } from './create-quick-tasks.ts'
import { createTask } from './create-task.ts'
import { deleteTask } from './delete-task.ts'
import { QUOTAS } from './errors.ts'
import { importTasks } from './import/import-tasks.ts'
import { readImport } from './import/read-import.ts'
import { undoBatch } from './journal/undo-batch.ts'
import { createList } from './lists/create-list.ts'
import { deleteList } from './lists/delete-list.ts'
import { restoreTask } from './restore-task.ts'
import { runBatch } from './run-batch.ts'
import { tickTasks } from './tick-tasks.ts'
import { updateTask } from './update-task.ts'

const now = new Date()
const today = { today: '2026-11-30', now }
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

type Answer = { ok: boolean; batchId?: string | null; error?: { code?: string; refusal?: { code: string } } }

/** What each of them had: true, or the code of its refusal. */
const outcomesOf = async (all: Promise<Answer>[]) =>
  (await Promise.all(all)).map(({ ok, error }) => ok || (error?.code ?? error?.refusal?.code))

async function importFile(text: string): Promise<Answer> {
  const file = await readImport(Buffer.from(text), { ...today, timeZone: 'UTC' })
  return file.ok ? importTasks(ada, file.value, { now }) : { ok: false }
}

test('however tasks are opened at the same moment, the account has no more than it may have', async () => {
  const tasks = await Promise.all(
    ['A', 'B', 'C', 'D', 'E', 'F'].map((title) => makeTask(ada, { title, dueOn: '2026-11-30' })),
  )
  const [gone, undone, done, ticked, inBatch] = tasks.map(({ id }) => id) as [
    string,
    string,
    string,
    string,
    string,
  ]
  await deleteTask(ada, gone, { now })
  const deletion = await deleteTask(ada, undone, { now })
  for (const id of [done, ticked, inBatch]) await updateTask(ada, id, { changes: { isCompleted: true }, now })
  // One is open.
  const hidden = QUOTAS.open_tasks - 1 - 3
  await db().taskCounter.updateMany({ data: { openTasks: { increment: hidden } } })
  const outcomes = await outcomesOf([
    createTask(ada, { title: 'G' }, { now }),
    createQuickTasks(ada, { lines: ['H', 'I'] }, today),
    runBatch(ada, [{ op: 'create', task: { title: 'J' } }], { now }),
    runBatch(ada, [{ op: 'update', id: inBatch, changes: { isCompleted: false } }], { now }),
    restoreTask(ada, gone, { now }),
    undoBatch(ada, (deletion.ok && deletion.batchId) || '', { now }),
    updateTask(ada, done, { changes: { isCompleted: false }, now }),
    tickTasks(ada, [{ id: ticked, isCompleted: false }], { now }),
    importFile('title\nK\nL\n'),
  ])
  expect(new Set(outcomes)).toEqual(new Set([true, 'QUOTA_EXCEEDED']))
  const open = await db().task.count({ where: { completedAt: null, deletedAt: null } })
  const counter = await db().taskCounter.findFirst()
  expect([counter?.openTasks, open]).toEqual([QUOTAS.open_tasks, QUOTAS.open_tasks - hidden])
  const completed = await updateTask(ada, tasks[5]!.id, { changes: { isCompleted: true }, now })
  expect(completed.ok).toBe(true)
})

test('however lists are made at the same moment, the account has no more than it may have', async () => {
  const deleted = await createList(ada, { name: 'Gone' }, { now })
  const deletion = await deleteList(ada, deleted.ok ? deleted.value.id : '', { now })
  const rows = Array.from({ length: QUOTAS.lists - 3 }, (_, n) => `Tea,${n}\n`)
  await importFile(`title,list\n${rows.join('')}`)
  const outcomes = await outcomesOf([
    createList(ada, { name: 'A' }, { now }),
    createList(ada, { name: 'B' }, { now }),
    createQuickTasks(ada, { lines: ['Tea #C', 'Tea #c', 'Tea #D'] }, today),
    undoBatch(ada, (deletion.ok && deletion.batchId) || '', { now }),
    importFile('title,list\nTea,E\nTea,e\nTea,F\n'),
  ])
  expect(new Set(outcomes)).toEqual(new Set([true, 'QUOTA_EXCEEDED']))
  expect(await db().taskList.count({ where: { deletedAt: null } })).toBe(QUOTAS.lists)
  // A name that a list has already, in any case, makes none.
  expect(await outcomesOf([createQuickTasks(ada, { lines: ['Tea #"1"'] }, today)])).toEqual([true])
})

test('an undo that a quota refuses after it has moved tasks changes nothing, and the account can write again', async () => {
  const list = await createList(ada, { name: 'Home' }, { now })
  const listId = list.ok ? list.value.id : ''
  const { id } = await makeTask(ada, { title: 'A', listId })
  const deletion = await deleteList(ada, listId, { now })
  const rows = Array.from({ length: QUOTAS.lists }, (_, n) => `Tea,${n}\n`)
  await importFile(`title,list\n${rows.join('')}`)
  const undo = () => undoBatch(ada, (deletion.ok && deletion.batchId) || '', { now })
  expect(await outcomesOf([undo()])).toEqual(['QUOTA_EXCEEDED'])
  expect(await db().task.findUnique({ where: { id } })).toMatchObject({ listId: null })
  expect((await makeTask(ada, { title: 'B' })).version).toBe(1)
  const [other] = await db().taskList.findMany({ where: { deletedAt: null }, take: 1 })
  await deleteList(ada, other?.id ?? '', { now })
  expect(await outcomesOf([undo()])).toEqual([true])
  expect(await db().task.findUnique({ where: { id } })).toMatchObject({ listId })
})
