import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { countOpenTasks } from './count-open-tasks.ts'
import { deleteTask } from './delete-task.ts'
import { createList } from './lists/create-list.ts'
import { updateList } from './lists/update-list.ts'
import { updateTask } from './update-task.ts'

const TODAY = '2026-11-29'
const now = { now: new Date('2026-11-29T12:00:00.000Z') }
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

async function makeList(name: string, actor = ada): Promise<string> {
  const list = await createList(actor, { name }, now)
  if (!list.ok) throw new Error(list.error.code)
  return list.value.id
}

test('an account without tasks and lists has only zeros', async () => {
  expect(await countOpenTasks(ada, TODAY)).toEqual({ today: 0, inbox: 0, lists: [] })
})

test('counts open tasks of today, the Inbox and each list of one user', async () => {
  const [home, work, old] = [await makeList('Home'), await makeList('Work'), await makeList('Old')]
  await updateList(ada, work, { changes: { afterId: null }, ...now })
  await makeTask(ada, { title: 'Overdue', dueOn: '2026-11-01' })
  await makeTask(ada, { title: 'Started', startOn: TODAY, dueOn: '2026-12-24', listId: home })
  await makeTask(ada, { title: 'In an archived list', dueOn: TODAY, listId: old })
  await makeTask(ada, { title: 'Later', dueOn: '2026-11-30', listId: home })
  const done = await makeTask(ada, { title: 'Done', dueOn: TODAY, listId: home })
  await updateTask(ada, done.id, { changes: { isCompleted: true }, ...now })
  await deleteTask(ada, (await makeTask(ada, { title: 'Deleted', dueOn: TODAY })).id, now)
  await updateList(ada, old, { changes: { isArchived: true }, ...now })
  const bob = await createActor()
  await makeTask(bob, { title: 'Of another user', dueOn: TODAY, listId: await makeList('Of Bob', bob) })

  expect(await countOpenTasks(ada, TODAY)).toEqual({
    today: 3,
    inbox: 1,
    lists: [
      { id: work, name: 'Work', isArchived: false, openCount: 0 },
      { id: home, name: 'Home', isArchived: false, openCount: 2 },
      { id: old, name: 'Old', isArchived: true, openCount: 1 },
    ],
  })
})
