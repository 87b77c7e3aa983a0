import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { openAccountData } from '#lib/http/account-data/open-account-data.ts'
import { toJson, toJsonLists } from '#lib/http/account-data/to-json.ts'
import { importTasks } from '#lib/tasks/import/import-tasks.ts'
import { readImport } from '#lib/tasks/import/read-import.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { openTaskExport } from './open-task-export.ts'
import { toCsv } from './tasks-csv.ts'

const NOW = new Date('2026-11-28T10:00:00Z')
const READING = { now: NOW, today: '2026-11-28', timeZone: 'UTC' }
const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

beforeAll(emptyTables)

async function write(format: 'json' | 'csv', actor: Actor): Promise<string> {
  const opened = await openTaskExport(actor as AuthenticatedActor)
  if (!opened.ok) throw new Error(opened.error.code)
  const { lists, tasks } = opened.value
  async function* onePage() {
    yield lists
  }
  const parts = format === 'csv' ? toCsv(tasks) : toJsonLists({ lists: onePage(), tasks })
  let text = ''
  for await (const part of parts) text += part
  return text
}

async function read(text: string) {
  const file = await readImport(new TextEncoder().encode(text), READING)
  if (!file.ok) throw new Error(file.error.code)
  return file.value
}

const moveTo = async (actor: Actor, file: Parameters<typeof importTasks>[1]) => {
  const written = await importTasks(actor, file, { now: NOW })
  if (!written.ok) throw new Error(written.error.code)
}

test('the download of an account’s data keeps the day that a repetition counts from', async () => {
  const [ada, bob] = [await createActor(), await createActor()]
  const repeat = { rule: 'FREQ=MONTHLY', from: 'due' } as const
  const { id } = await makeTask(ada, { title: 'Rent', dueOn: '2026-12-31', repeat })
  await updateTask(ada, id, { changes: { dueOn: '2027-01-05' }, now: NOW })
  const data = await openAccountData(ada as AuthenticatedActor, { now: NOW })
  if (!data.ok) throw new Error(data.error.code)
  let text = ''
  for await (const part of toJson(data.value)) text += part
  await moveTo(bob, await read(text))
  expect(JSON.parse(await write('json', bob))).toMatchObject({
    tasks: [
      { due_on: '2027-01-05', repeat_anchor: '2026-12-31', repeat: { text: 'Every month on the 31st' } },
    ],
  })
})

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('=1+1', "'=x", "''@y", '-', 'a\n=b', 'a\r\nb', '"', '\\', ', ', '\t+', '＝'),
)
const day = fc.constantFrom('2024-02-29', '2026-11-28', '2026-12-31', '2031-01-01')
const time = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString())
const task = fc.record({
  title: text,
  description: maybe(text),
  list: maybe(fc.constantFrom('Home', '=List', 'a, "b"', "'c")),
  due_on: maybe(day),
  due_time: maybe(fc.constantFrom('00:00', '09:30')),
  due_zone: maybe(fc.constantFrom('Europe/Paris')),
  start_on: maybe(day),
  priority: fc.nat(3),
  labels: fc.array(text, { maxLength: 4 }),
  repeat: maybe(
    fc.record({
      rule: fc.constantFrom('FREQ=DAILY', 'FREQ=MONTHLY;INTERVAL=2', 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9'),
      from: fc.constantFrom('due', 'completion'),
    }),
  ),
  repeat_anchor: maybe(day),
  series_id: maybe(fc.constantFrom('x', 'y')),
  is_completed: fc.boolean(),
  completed_at: maybe(time),
  created_at: maybe(time),
  position: fc.constantFrom('a', 'b', 'c'),
})

test.each(['json', 'csv'] as const)(
  'export, import and export give the same %s, but for ids',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(task, { minLength: 1, maxLength: 6 }), async (tasks) => {
        const [one, other] = [await createActor(), await createActor()]
        const archived = { name: 'Old', archived_at: '2026-01-01T00:00:00.000Z' }
        const lists = format === 'json' ? [{ name: 'Empty' }, archived] : []
        await moveTo(one, await read(JSON.stringify({ lists, tasks })))
        const first = await write(format, one)
        const file = await readImport(new TextEncoder().encode(first), READING)
        if (!file.ok) return void expect(file.error.code).toBe('FILE_WITHOUT_ROWS')
        expect(file.value.problems).toEqual([])
        await moveTo(other, file.value)
        expect((await write(format, other)).replace(ID, '#')).toBe(first.replace(ID, '#'))
      }),
      { numRuns: 25 },
    )
  },
)
