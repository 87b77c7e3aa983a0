import { expect, test } from 'vitest'
import { SELECTED, selectedChangeSchema, toOperations } from './selected-change.ts'

const TODAY = '2026-11-29'
const LIST = '0190f3a1-7c3e-7d4a-9b1c-3f2e1d0c9b8a'
const TASKS = { [`${SELECTED}a`]: 'on', [`${SELECTED}b`]: 'on' }

function read(sent: Record<string, string>, today = TODAY) {
  const parsed = selectedChangeSchema.safeParse(sent)
  return parsed.success ? toOperations(parsed.data, today) : parsed.error.issues.map(({ message }) => message)
}

test.each([
  ['complete', { isCompleted: true }],
  ['reopen', { isCompleted: false }],
  ['due.today', { dueOn: TODAY }],
  ['due.tomorrow', { dueOn: '2026-11-30' }],
  ['due.monday', { dueOn: '2026-11-30' }],
  ['due.none', { dueOn: null }],
  [`list.${LIST}`, { listId: LIST }],
  [`list.${LIST.toUpperCase()}`, { listId: LIST }],
  ['list.inbox', { listId: null }],
  ['priority.1', { priority: 1 }],
  ['priority.0', { priority: 0 }],
])('%s changes each selected task, by a button and by "Apply"', (change, changes) => {
  const expected = ['a', 'b'].map((id) => ({ op: 'update', id, changes }))
  expect(read({ ...TASKS, change, option: 'due.none' })).toEqual(expected)
  expect(read({ ...TASKS, change: 'apply', option: change })).toEqual(expected)
})

test('a day and a label are those of their fields', () => {
  const typed = { ...TASKS, change: 'apply', day: '2027-01-31', label_name: ' cafe\u0301 ' }
  expect(read({ ...typed, option: 'due.day' })).toMatchObject([
    { id: 'a', changes: { dueOn: '2027-01-31' } },
    { id: 'b', changes: { dueOn: '2027-01-31' } },
  ])
  for (const isAdded of [true, false]) {
    expect(read({ ...typed, option: isAdded ? 'label.add' : 'label.remove' })).toEqual(
      ['a', 'b'].map((id) => ({ op: 'label', id, label: 'caf\u00e9', isAdded })),
    )
  }
  // Fields that the change does not use are ignored.
  const unused = { ...TASKS, change: 'apply', option: 'due.none', day: 'x', label_name: '' }
  expect(read(unused)).toMatchObject([{ changes: { dueOn: null } }, { changes: { dueOn: null } }])
})

test.each([
  ['due.day', {}, 'Choose a day.'],
  ['due.day', { day: '2027-02-29' }, 'Choose a day.'],
  ['label.add', {}, 'Enter a label of up to 50 characters.'],
  ['label.add', { label_name: ' ' }, 'Enter a label of up to 50 characters.'],
  ['label.remove', { label_name: 'x'.repeat(51) }, 'Enter a label of up to 50 characters.'],
])('%s with %j is refused with what to do', (option, fields, issue) => {
  expect(read({ ...TASKS, change: 'apply', option, ...fields })).toEqual([issue])
})

test('next Monday is after today, also on a Monday', () => {
  expect(read({ ...TASKS, change: 'due.monday' }, '2026-11-30')).toMatchObject([
    { changes: { dueOn: '2026-12-07' } },
    { changes: { dueOn: '2026-12-07' } },
  ])
})

test('tasks that move keep their order', () => {
  for (const [change, order] of [
    ['top', ['b', 'a']],
    ['up', ['a', 'b']],
    ['down', ['b', 'a']],
  ] as const) {
    expect(read({ ...TASKS, change })).toEqual(
      order.map((id) => ({ op: 'shift', id, shift: change, among: ['a', 'b'] })),
    )
  }
})

test('a form without a task or with an unknown change is refused with what to do', () => {
  expect(read({ change: 'complete' })).toEqual(['Select one task or more.'])
  for (const change of ['', 'rename', 'due.yesterday', 'list.x', 'priority.4', 'constructor']) {
    expect(read({ ...TASKS, change })).toEqual(['Choose what to do with the tasks.'])
    expect(read({ ...TASKS, change: 'apply', option: change })).toEqual(['Choose what to do with the tasks.'])
  }
  expect(read(TASKS)).toEqual(['Choose what to do with the tasks.'])
})
