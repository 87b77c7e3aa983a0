import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { undoBatch } from '../journal/undo-batch.ts'
import { createList } from '../lists/create-list.ts'
import { getLists } from '../lists/get-lists.ts'
import { updateList } from '../lists/update-list.ts'
import { importTasks } from './import-tasks.ts'
import { previewImport } from './preview-import.ts'
import { readImport } from './read-import.ts'

const NOW = new Date('2026-11-28T10:00:00Z')
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

async function read(text: string) {
  const reading = { now: NOW, today: '2026-11-28', timeZone: 'UTC' }
  const file = await readImport(new TextEncoder().encode(text), reading)
  if (!file.ok) throw new Error(file.error.code)
  return file.value
}

async function run(text: string, actor = ada) {
  const written = await importTasks(actor, await read(text), { now: NOW })
  if (!written.ok || !written.batchId) throw new Error(JSON.stringify(written))
  return { ...written.value, batchId: written.batchId }
}

const liveTasks = (actor = ada) =>
  db().task.findMany({ where: { userId: actor.userId, deletedAt: null }, orderBy: { position: 'asc' } })
const titles = async () => (await liveTasks()).map(({ title }) => title)

test('adds tasks in the order of the file before those that are there, and one undo takes all back', async () => {
  await makeTask(ada, { title: 'Old' })
  await createList(ada, { name: 'home' }, { now: NOW })
  const csv = 'TYPE,CONTENT,DATE\ntask,A,\ntask,B,every day\nsection,Home,\ntask,C,\nsection,New,\ntask,D,\n'
  const { batchId, ...added } = await run(csv)
  expect(added).toEqual({ tasks: 4, lists: 1 })
  expect(await titles()).toEqual(['A', 'B', 'C', 'D', 'Old'])
  expect((await getLists(ada)).map(({ name, openCount }) => [name, openCount])).toEqual([
    ['home', 1],
    ['New', 1],
  ])
  const undone = await undoBatch(ada, batchId, { now: NOW })
  expect(undone).toMatchObject({ ok: true, value: { skipped: [] } })
  expect(await titles()).toEqual(['Old'])
  expect((await getLists(ada)).map(({ name }) => name)).toEqual(['home'])
})

test('keeps times, series and the order of ids, and an archived list is in use again', async () => {
  const list = await createList(ada, { name: 'Home' }, { now: NOW })
  if (list.ok) await updateList(ada, list.value.id, { changes: { isArchived: true }, now: NOW })
  const repeat = { rule: 'FREQ=MONTHLY', from: 'due' }
  const series = { repeat, repeat_anchor: '2026-01-31', series_id: 'x' }
  const times = {
    created_at: '2026-02-01T00:00:00Z',
    is_completed: true,
    completed_at: '2026-03-01T00:00:00Z',
  }
  const tasks = [
    { title: 'next', due_on: '2026-12-28', position: 'b', ...series },
    { title: 'another', due_on: '2026-12-29', position: 'a', ...series },
    { title: 'done', due_on: '2026-02-28', list: 'HOME', position: 'c', ...series, ...times },
  ]
  const lists = [{ name: 'Attic', archived_at: '2026-05-05T00:00:00Z' }]
  await run(JSON.stringify({ lists, tasks }))
  const found = await liveTasks()
  expect(found.map(({ title, repeatRule }) => [title, repeatRule])).toEqual([
    ['another', null],
    ['next', 'FREQ=MONTHLY'],
    ['done', 'FREQ=MONTHLY'],
  ])
  const [, next, done] = found
  expect(done).toMatchObject({
    seriesId: next?.seriesId,
    repeatAnchor: new Date('2026-01-31'),
    createdAt: new Date('2026-02-01'),
    completedAt: new Date('2026-03-01'),
    listId: list.ok && list.value.id,
  })
  expect(found.map(({ id, title }) => ({ id, title })).sort((a, b) => (a.id < b.id ? 1 : -1))).toMatchObject([
    { title: 'next' },
    { title: 'another' },
    { title: 'done' },
  ])
  expect(await getLists(ada)).toMatchObject([
    { name: 'Home', archivedAt: null },
    { name: 'Attic', archivedAt: new Date('2026-05-05') },
  ])
})

test("ids in a file change no task, neither another account's nor one's own", async () => {
  const bob = await createActor()
  const foreign = await makeTask(bob, { title: 'of Bob' })
  const own = await makeTask(ada, { title: 'mine' })
  await createList(bob, { name: 'Home' }, { now: NOW })
  const tasks = [foreign, own].map(({ id }) => ({
    title: 'x',
    id,
    user_id: bob.userId,
    list: 'Home',
    series_id: id,
  }))
  await run(JSON.stringify({ tasks }))
  expect((await liveTasks(bob)).map(({ title }) => title)).toEqual(['of Bob'])
  expect((await titles()).sort()).toEqual(['mine', 'x', 'x'])
  expect(await getLists(bob)).toMatchObject([{ openCount: 0 }])
})

test('refuses what exceeds a quota as a whole', async () => {
  await makeTask(ada, { title: 'one' })
  const rows = (count: number, row: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => row(n)).join('\n')
  const attempt = async (text: string) => importTasks(ada, await read(text), { now: NOW })
  const refused = (quota: string) => ({ ok: false, error: { code: 'QUOTA_EXCEEDED', quota } })
  expect(await attempt(`title,list\n${rows(201, (n) => `A,L${n}`)}`)).toEqual(refused('lists'))
  await db().taskCounter.updateMany({ data: { openTasks: 19_999 } })
  expect(await attempt('title\nA\nB')).toEqual(refused('open_tasks'))
  expect(await attempt('title,is_completed\nA,false\nB,true')).toMatchObject({ ok: true })
  expect(await titles()).toHaveLength(3)
})

test('names that differ in case alone are one list, with the first spelling', async () => {
  const spellings = Array.from({ length: 256 }, (_, n) =>
    [...'shopping'].map((letter, bit) => ((n >> bit) & 1 ? letter.toUpperCase() : letter)).join(''),
  )
  const file = await read(`title,list\n${spellings.map((name) => `A,${name}`).join('\n')}`)
  expect(await previewImport(ada, file)).toMatchObject({ lists: 1, newLists: ['shopping'] })
  expect(await importTasks(ada, file, { now: NOW })).toMatchObject({ value: { lists: 1 } })
  expect(await getLists(ada)).toMatchObject([{ name: 'shopping', openCount: 256 }])
})

test('more tasks than the journal keeps changes are one batch, which one undo takes back after other changes', async () => {
  const rows = Array.from(
    { length: 10_500 },
    (_, n) => `Task ${n},List ${n % 50},${n % 9 ? '' : 'FREQ=DAILY'}`,
  )
  const { batchId, ...added } = await run(`title,list,repeat\n${rows.join('\n')}`)
  expect(added).toEqual({ tasks: 10_500, lists: 50 })
  await makeTask(ada, { title: 'later' })
  await makeTask(ada, { title: 'and later' })
  const undone = await undoBatch(ada, batchId, { now: NOW })
  if (!undone.ok) throw new Error(undone.error.code)
  expect(undone.value.undone).toHaveLength(10_550)
  expect(undone.value.skipped).toEqual([])
  expect(await titles()).toEqual(['and later', 'later'])
  expect(await getLists(ada)).toEqual([])
})
