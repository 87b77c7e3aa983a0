import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'
import { createQuickTasks } from './create-quick-tasks.ts'
import { createTask } from './create-task.ts'
import { QUOTAS } from './errors.ts'
import { listChanges } from './journal/list-changes.ts'
import { undoBatch } from './journal/undo-batch.ts'
import { listTasks } from './list-tasks.ts'
import { createList } from './lists/create-list.ts'
import { deleteList } from './lists/delete-list.ts'
import { getLists } from './lists/get-lists.ts'
import { updateList } from './lists/update-list.ts'
import { queryTasks } from './query/query-tasks.ts'

const now = new Date('2026-12-02T12:00:00.000Z')
const today = '2026-12-02'
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

const create = (lines: string[], actor = ada) => createQuickTasks(actor, { lines }, { today, now })

async function createOne(line: string, actor = ada) {
  const created = await create([line], actor)
  if (!created.ok || !created.value[0]) throw new Error('not created')
  return { task: created.value[0], batchId: created.batchId ?? '' }
}

async function makeList(name: string, actor = ada): Promise<string> {
  const list = await createList(actor, { name }, { now })
  if (!list.ok) throw new Error(list.error.code)
  return list.value.id
}

const titles = async () => (await listTasks(ada, {})).tasks.map(({ title }) => title)
const names = async (actor = ada) => (await getLists(actor)).map(({ name }) => name)

test('saves what the line holds, with the list that it names, in one batch that one undo takes back', async () => {
  const { task, batchId } = await createOne(
    'Pay rent #Home @money p1 from 20 dec every month on the 1st at 9',
  )
  const [home] = await getLists(ada)
  expect(home).toMatchObject({ name: 'Home', openCount: 1 })
  expect((await listTasks(ada, {})).tasks).toEqual([task])
  expect(task).toMatchObject({
    title: 'Pay rent',
    listId: home?.id,
    labels: ['money'],
    priority: 1,
    dueOn: '2027-01-01',
    dueTime: '09:00',
    startOn: '2026-12-20',
    repeatRule: 'FREQ=MONTHLY;BYMONTHDAY=1',
    repeatFrom: 'due',
    repeatAnchor: '2027-01-01',
  })
  const { changes } = await listChanges(ada, {})
  expect(changes.map((change) => [change.kind, change.batchId, change.listId ?? change.taskId])).toEqual([
    ['created', batchId, home?.id],
    ['created', batchId, task.id],
  ])
  await undoBatch(ada, batchId, { now })
  expect([await titles(), await names()]).toEqual([[], []])
})

test('many lines are one batch, in their order, and name a new list once', async () => {
  const written = await create(['Milk #Shop', 'Bread #shop tomorrow', 'Call Bob #Work', 'Read'])
  expect(written).toMatchObject({
    value: [
      { title: 'Milk' },
      { title: 'Bread', dueOn: '2026-12-03' },
      { title: 'Call Bob' },
      { title: 'Read' },
    ],
  })
  expect(await names()).toEqual(['Shop', 'Work'])
  expect(await titles()).toEqual(['Milk', 'Bread', 'Call Bob', 'Read'])
  const [shop] = await getLists(ada)
  const filter = { listId: shop?.id }
  const page = await queryTasks(ada, { filter, order: 'position', today, limit: 10 })
  expect(page).toMatchObject({ value: { tasks: [{ title: 'Milk' }, { title: 'Bread' }] } })
  const { changes } = await listChanges(ada, {})
  expect(new Set(changes.map(({ batchId }) => batchId)).size).toBe(1)
  await undoBatch(ada, (written.ok && written.batchId) || '', { now })
  expect([await titles(), await names()]).toEqual([[], []])
})

test('finds a list in upper and lower case, an exact name before others, and none that is deleted', async () => {
  const [upper, lower] = [await makeList('ÄRZTE'), await makeList('ärzte')]
  expect((await createOne('x #ärzte')).task.listId).toBe(lower)
  expect((await createOne('x #ÄRZTE')).task.listId).toBe(upper)
  // Composed of a letter and a mark.
  expect((await createOne('x #A\u0308rzte')).task.listId).toBe(upper)
  await deleteList(ada, upper, { now })
  await deleteList(ada, lower, { now })
  await createOne('x #ärzte')
  expect(await names()).toEqual(['ärzte'])
})

test('an archived list is in use again, until an undo; another one of that name comes before it', async () => {
  const home = await makeList('Home')
  await updateList(ada, home, { changes: { isArchived: true }, now })
  const { task, batchId } = await createOne('x #home')
  expect(task.listId).toBe(home)
  expect(await getLists(ada)).toMatchObject([{ archivedAt: null, openCount: 1 }])
  await undoBatch(ada, batchId, { now })
  expect(await getLists(ada)).toMatchObject([{ archivedAt: now, openCount: 0 }])
  const other = await makeList('HOME')
  expect((await createOne('x #Home')).task.listId).toBe(other)
})

test('a list of another user is not found by its name', async () => {
  const eve = await createActor()
  const home = await makeList('Home', eve)
  expect((await createOne('x #Home')).task.listId).not.toBe(home)
  expect([await names(), await names(eve)]).toEqual([['Home'], ['Home']])
})

test('lines that name a new list at the same moment make one list', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => createOne(`task ${index} #Home`)))
  expect(await getLists(ada)).toMatchObject([{ name: 'Home', openCount: 8 }])
})

test('tokens that were taken back stay in the title', async () => {
  await createQuickTasks(
    ada,
    { lines: ['Buy today', 'Read #12 #x'], ignored: ['today', '#x'] },
    { today, now },
  )
  expect(await titles()).toEqual(['Buy today', 'Read #12 #x'])
  expect(await names()).toEqual([])
})

test('a place supplies what a line does not have', async () => {
  const home = await makeList('Home')
  const defaults = { listId: home, dueOn: today, priority: 2, labels: ['money'] }
  const lines = ['Read', 'Pay rent #Work fri p1 @bank @money', 'Swim from fri', 'Walk every day']
  const created = await createQuickTasks(ada, { lines, defaults }, { today, now })
  const work = (await getLists(ada)).find(({ name }) => name === 'Work')
  const given = { listId: home, dueOn: today, priority: 2, labels: ['money'] }
  expect(created).toMatchObject({
    value: [
      { title: 'Read', ...given },
      { title: 'Pay rent', listId: work?.id, dueOn: '2026-12-04', priority: 1, labels: ['money', 'bank'] },
      { title: 'Swim', ...given, dueOn: null, startOn: '2026-12-04' },
      { title: 'Walk', ...given, repeatRule: 'FREQ=DAILY' },
    ],
  })
})

test('a list that is gone takes no lines, unless they name another one', async () => {
  const defaults = { listId: randomUUID() }
  const add = (line: string) => createQuickTasks(ada, { lines: [line], defaults }, { today, now })
  expect(await add('Read')).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } })
  expect(await add('Read #Home')).toMatchObject({ ok: true })
})

test('beyond a quota nothing is written', async () => {
  const row = { userId: ada.userId, createdAt: now, updatedAt: now }
  const list = { ...row, name: 'x', position: 'V', version: 1 }
  const lists = Array.from({ length: QUOTAS.lists - 1 }, () => ({ ...list, id: randomUUID() }))
  await db().taskList.createMany({ data: lists })
  const refused = (quota: string) => ({ ok: false, error: { code: 'QUOTA_EXCEEDED', quota } })
  expect(await create(['a #One', 'b #Two'])).toEqual(refused('lists'))
  expect([await titles(), (await names()).length]).toEqual([[], QUOTAS.lists - 1])
  expect(await create(['a #One', 'b #One'])).toMatchObject({ ok: true })
  await db().taskCounter.updateMany({ data: { openTasks: QUOTAS.open_tasks - 1 } })
  expect(await create(['c', 'd'])).toEqual(refused('open_tasks'))
  expect(await titles()).toEqual(['a', 'b'])
})

test('a label is spelled as the open tasks of the account spell it', async () => {
  const labelsOf = async (line: string, actor = ada) => (await createOne(line, actor)).task.labels
  expect(await labelsOf('Call @Home @home @work')).toEqual(['Home', 'work'])
  expect(await labelsOf('Pay @HOME @Work')).toEqual(['Home', 'work'])
  await createTask(ada, { title: 'By a program', labels: ['home'] }, { now })
  expect(await labelsOf('Pay @home')).toEqual(['home'])
  expect(await labelsOf('Pay @HOME', await createActor())).toEqual(['HOME'])
})
