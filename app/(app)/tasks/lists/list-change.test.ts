import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { createList } from '#lib/tasks/lists/create-list.ts'
import { getLists } from '#lib/tasks/lists/get-lists.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'
import { changeList, type ListChange, listChangeSchema } from './list-change.ts'

const NOW = new Date('2026-11-29T12:00:00.000Z')
const ids = new Map<string, string>()
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
  for (const name of ['Home', 'Old', 'Work', 'Trip']) {
    const list = await createList(ada, { name }, { now: NOW })
    ids.set(name, list.ok ? list.value.id : '')
  }
  await change('archive', 'Old')
})

function change(change: ListChange, name: string) {
  return changeList(ada, { change, listId: ids.get(name) ?? name }, NOW)
}

const names = async () =>
  (await getLists(ada)).filter(({ archivedAt }) => !archivedAt).map(({ name }) => name)

test('moves a list past the next one that is not archived', async () => {
  await change('down', 'Home')
  expect(await names()).toEqual(['Work', 'Home', 'Trip'])
  await change('up', 'Trip')
  expect(await names()).toEqual(['Work', 'Trip', 'Home'])
  await change('up', 'Trip')
  expect(await names()).toEqual(['Trip', 'Work', 'Home'])
})

test('leaves the first list first and the last list last', async () => {
  expect(await change('up', 'Home')).toMatchObject({ ok: true })
  expect(await change('down', 'Trip')).toMatchObject({ ok: true })
  expect(await names()).toEqual(['Home', 'Work', 'Trip'])
})

test('archives, restores and deletes', async () => {
  await change('restore', 'Old')
  await change('delete', 'Work')
  expect(await names()).toEqual(['Home', 'Old', 'Trip'])
  expect(await change('up', 'Work')).toMatchObject({ error: { code: 'LIST_NOT_FOUND' } })
})

test('reads the button that was pressed, and refuses a form without one', () => {
  expect(listChangeSchema.parse({ form: 'x', down: 'id' })).toEqual({ change: 'down', listId: 'id' })
  expect(listChangeSchema.safeParse({ form: 'x' }).success).toBe(false)
})
