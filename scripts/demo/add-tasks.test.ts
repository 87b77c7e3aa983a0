import { beforeEach, expect, test } from 'vitest'
import { queryTasks } from '#lib/tasks/query/query-tasks.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'
import { ACCOUNTS, VICTIM } from './accounts.ts'
import { addTasks } from './add-tasks.ts'

const NOW = new Date('2026-11-29T08:00:00Z')

beforeEach(emptyTables)

test('the account that the documentation shows has tasks in every view', async () => {
  const actor = await createActor()
  await addTasks(actor.userId, ACCOUNTS.get(VICTIM)?.tasks ?? [], NOW)
  const titles = async (view: 'today' | 'upcoming' | 'inbox' | 'done') => {
    const found = await queryTasks(actor, { filter: { view }, order: 'due', today: '2026-11-29' })
    return found.ok ? found.value.tasks.map(({ title }) => title) : []
  }
  expect(await titles('today')).toEqual([
    'Send the March invoice',
    'Call the landlord about the heating',
    'Prepare slides for Thursday',
    'Write to grandmother',
    'Water the plants',
    'Renew the passport',
  ])
  expect(await titles('upcoming')).toHaveLength(4)
  expect(await titles('inbox')).toHaveLength(5)
  expect(await titles('done')).toHaveLength(3)
})
