import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { addDays } from '#lib/tasks/day.ts'
import { listChanges } from '#lib/tasks/journal/list-changes.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { readTasks } from './read-tasks.ts'

let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

/** Where a day begins, by that zone's clock: without a clock change, where midnight is skipped, and where it comes twice. */
const DAYS = [
  ['Pacific/Kiritimati', '2026-11-30', '2026-11-29T10:00:00Z'],
  ['Pacific/Niue', '2026-11-30', '2026-11-30T11:00:00Z'],
  ['Pacific/Chatham', '2026-11-30', '2026-11-29T10:15:00Z'],
  ['Europe/Berlin', '2027-03-28', '2027-03-27T23:00:00Z'],
  ['Europe/Berlin', '2027-03-29', '2027-03-28T22:00:00Z'],
  ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00Z'],
  ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z'],
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-05', '2026-10-04T13:00:00Z'],
] as const

test.each(DAYS)('in %s, %s begins at %s for repetitions and “Done today”', async (timeZone, day, at) => {
  await db().user.update({ where: { id: ada.userId }, data: { timeZone } })
  const actor = { ...ada, timeZone }
  const [before, after] = [new Date(Date.parse(at) - 100), new Date(Date.parse(at) + 100)]
  const yesterday = addDays(day, -1)
  const repeat = { rule: 'FREQ=DAILY', from: 'completion' } as const
  const complete = async (title: string, now: Date) => {
    const { id } = await makeTask(ada, { title, dueOn: yesterday, repeat })
    await updateTask(ada, id, { changes: { isCompleted: true }, now })
  }
  await complete('In the evening', before)
  await complete('At night', after)
  const shown = async (now: Date) => {
    const page = await readTasks(actor, {}, now)
    if (!page.ok) throw new Error(page.error.code)
    const { tasks, doneToday } = page.value
    const due = new Map(tasks.map(({ title, dueOn }) => [title, dueOn]))
    return { due: Object.fromEntries(due), done: doneToday.map(({ title }) => title) }
  }
  const due = { 'In the evening': day, 'At night': addDays(day, 1) }
  expect(await shown(before)).toEqual({ due, done: ['At night', 'In the evening'] })
  expect(await shown(after)).toEqual({ due, done: ['At night'] })
  const { changes } = await listChanges(ada, {})
  const completions = changes.flatMap(({ after: fields }) => fields?.completedAt ?? [])
  expect(completions).toEqual([before.toISOString(), after.toISOString()])
})
