import { beforeEach, expect, test } from 'vitest'
import { previewRepeat } from '#components/tasks/preview-repeat.ts'
import type { Actor } from '#lib/actor.ts'
import { laterOf } from '#lib/tasks/day.ts'
import { settableFieldsOf } from '#lib/tasks/edit-task.ts'
import { fieldText, fingerprintsOf } from '#lib/tasks/fingerprint.ts'
import { formatDayText } from '#lib/tasks/journal/words/field-words.ts'
import { nextTurn, type Turn } from '#lib/tasks/repeat/next-turn.ts'
import { type Repeat, repeatOf } from '#lib/tasks/repeat/repeat.ts'
import type { Task } from '#lib/tasks/task.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { CUSTOM_RULE, FIELD_NAMES, REPEAT_FIELDS } from './edit-field-names.ts'
import { editFormSchema } from './edit-form-schema.ts'
import type { RepeatChoice } from './read-repeat.ts'
import { saveEdit } from './save-edit.ts'

const NOW = new Date('2026-11-29T12:00:00Z')
const TODAY = '2026-11-29'

let actor: Actor

beforeEach(async () => {
  await emptyTables()
  actor = await createActor()
})

/** The fields of a task's page. */
function formOf(task: Task): Record<string, string> {
  const fields = settableFieldsOf(task)
  const seen = fingerprintsOf(fields)
  const names = Object.entries(FIELD_NAMES) as [keyof typeof fields, string][]
  return {
    ...Object.fromEntries(names.map(([field, name]) => [name, fieldText(fields[field])])),
    ...Object.fromEntries(names.map(([field, name]) => [`seen_${name}`, seen[field] ?? ''])),
    id: task.id,
    repeat: fields.repeat?.rule ?? '',
    repeat_from: fields.repeat?.from ?? 'due',
    repeat_rule: fields.repeat?.rule ?? '',
    seen_repeat_rule: fields.repeat?.rule ?? '',
  }
}

async function save(task: Task, typed: Record<string, string>) {
  return saveEdit({ ...actor, timeZone: null }, editFormSchema.parse({ ...formOf(task), ...typed }), NOW)
}

/** A repeating task counts from the last Tuesday of a month, and is due on another day. */
async function makeSaved(repeat: Repeat | null): Promise<Task> {
  const task = await makeTask(actor, { title: 'Ferns', dueOn: repeat ? '2026-11-24' : null, repeat })
  const moved = await updateTask(actor, task.id, { changes: { dueOn: '2026-11-26' }, now: NOW })
  if (!moved.ok) throw new Error(moved.error.code)
  return moved.value
}

/** The days of the tasks that follow, if each is completed on its day. */
function nextDays({ repeatRule, repeatFrom, repeatAnchor, dueOn }: Task, count: number): string[] {
  const days: string[] = []
  let turn: Turn | null = { rule: repeatRule!, from: repeatFrom!, anchor: repeatAnchor!, dueOn: dueOn! }
  while (turn && days.length < count) {
    turn = nextTurn(turn, laterOf(turn.dueOn, TODAY))
    if (turn) days.push(turn.dueOn)
  }
  return days
}

const REPEATS: (Repeat | null)[] = [
  null,
  { rule: 'FREQ=WEEKLY', from: 'due' },
  { rule: 'FREQ=WEEKLY', from: 'completion' },
  { rule: 'FREQ=MONTHLY;INTERVAL=2', from: 'due' },
]
const RULES = [
  { repeat: '' },
  { repeat: 'FREQ=WEEKLY' },
  { repeat: CUSTOM_RULE, repeat_rule: 'freq=monthly;interval=2' },
  { repeat: CUSTOM_RULE, repeat_rule: 'FREQ=DAILY;COUNT=3' },
  { repeat: 'FREQ=WEEKLY', repeat_interval: '2', repeat_until: '2027-06-30' },
]
const EMPTY = Object.fromEntries(REPEAT_FIELDS.map((name) => [name, ''])) as RepeatChoice

test.each(REPEATS)('saving a form leads to the days of its preview, for the repetition %j', async (saved) => {
  for (const rule of RULES) {
    for (const repeat_from of ['due', 'completion']) {
      for (const due_on of ['2026-11-26', '2026-11-02', '2026-12-31', '']) {
        const task = await makeSaved(saved)
        const typed = { ...rule, repeat_from, due_on }
        const anchored = saved && { ...saved, anchor: task.repeatAnchor }
        const preview = previewRepeat({ ...EMPTY, ...typed }, anchored, TODAY)
        const edited = await save(task, typed)
        if (!edited.ok) throw new Error(edited.error.code)
        const after = edited.value
        const text = repeatOf(after)?.text
        if (text === undefined) {
          const isKept = rule.repeat !== ''
          expect(preview).toBe(isKept ? 'Without a due day, the task does not repeat.' : '')
          continue
        }
        const days = [...(due_on ? [] : [after.dueOn!]), ...nextDays(after, 3)].slice(0, 3)
        const words = days.map((day) => formatDayText(day, TODAY)).join(', ')
        expect(preview, JSON.stringify(typed)).toBe(`${text}. Next: ${words}`)
      }
    }
  }
})

test.each([
  ['2026-12-24', 'FREQ=DAILY;UNTIL=20200101'],
  ['2026-12-24', 'FREQ=MONTHLY;UNTIL=20261231'],
  ['2026-11-02', 'FREQ=DAILY;UNTIL=20261129'],
  ['2026-12-24', 'FREQ=DAILY;COUNT=1'],
  ['', 'FREQ=DAILY;UNTIL=20200101'],
])('a task due on %j gets no repetition %s, which has no further day', async (due_on, repeat_rule) => {
  const task = await makeTask(actor, { title: 'Ferns' })
  const edited = await save(task, { due_on, repeat: CUSTOM_RULE, repeat_rule })
  expect(edited).toMatchObject({ error: { code: 'INVALID_REPEAT', details: [{ field: 'repeat.rule' }] } })
  const ended = await makeTask(actor, {
    title: 'Ferns',
    dueOn: '2026-12-24',
    repeat: { rule: repeat_rule, from: 'due' },
  })
  expect(await save(ended, { title: 'Moss' })).toMatchObject({
    value: { title: 'Moss', repeatRule: repeat_rule },
  })
})
