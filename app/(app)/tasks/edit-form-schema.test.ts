import { expect, test } from 'vitest'
import { describeIssue } from '#lib/describe-issue.ts'
import { type EditConflict, settableFieldsOf } from '#lib/tasks/edit-task.ts'
import { fingerprint } from '#lib/tasks/fingerprint.ts'
import { NO_REPEAT } from '#lib/tasks/repeat/repeat.ts'
import { NO_FIELDS } from '#lib/tasks/task.ts'
import { editFormSchema, failureOf, fieldsAfterFailure } from './edit-form-schema.ts'

const form = { id: '1', title: ' Mine ', description: '', seen_title: 'a', seen_description: 'b' }

const task = {
  id: '1',
  userId: '2',
  title: 'Theirs',
  completedAt: null,
  ...NO_FIELDS,
  ...NO_REPEAT,
  position: 'V',
  createdAt: new Date(0),
  updatedAt: new Date('2026-11-28T12:00:00.000Z'),
  version: 2,
}

function conflict(...conflicts: EditConflict['conflicts']): EditConflict {
  return { code: 'VERSION_MISMATCH', task, saved: settableFieldsOf(task), conflicts }
}

test('validates typed texts and omits those that the user discards', () => {
  expect(editFormSchema.parse(form)).toMatchObject({
    id: '1',
    conflicts: '',
    restore: false,
    typed: { title: 'Mine', description: null },
    seen: { title: 'a', description: 'b' },
  })
  expect(editFormSchema.parse({ ...form, use_saved_title: 'on' }).typed).toEqual({ description: null })
  expect(editFormSchema.safeParse({ ...form, title: ' ' }).success).toBe(false)
})

test('ignores the filters of the list that the editor is in', () => {
  const place = { list: 'x', label: 'x', priority: '1', view: 'today' }
  expect(editFormSchema.parse({ ...form, ...place }).typed).toEqual({ title: 'Mine', description: null })
})

test('a form without fingerprints has seen no text', () => {
  const { id, title, description } = form
  expect(editFormSchema.parse({ id, title, description }).seen).toMatchObject({ title: '', description: '' })
})

test('after a conflict, only the texts in conflict count as seen, and earlier conflicts stay', () => {
  expect(fieldsAfterFailure(conflict('title'), '')).toEqual({
    seen_title: fingerprint('title', 'Theirs'),
    conflicts: 'title',
    saved_at: '2026-11-28T12:00:00.000Z',
    restore: '',
  })
  const next = fieldsAfterFailure(conflict('description'), 'title')
  expect(next).toMatchObject({ conflicts: 'title description' })
  expect(next).not.toHaveProperty('seen_title')
})

test('after a deletion, the next save restores the task', () => {
  const fields = fieldsAfterFailure({ code: 'TASK_NOT_FOUND' }, '')
  expect(editFormSchema.parse({ ...form, ...fields }).restore).toBe(true)
  expect(editFormSchema.parse({ ...form, ...fieldsAfterFailure(conflict('title'), '') }).restore).toBe(false)
})

const whole = {
  ...form,
  list_id: '',
  due_on: '2026-12-24',
  due_time: '09:30',
  due_zone: '',
  start_on: '',
  task_priority: '1',
  labels: ' home, phone,, home',
  repeat: '',
  repeat_from: 'due',
}

test('reads every field of a task, and an empty one as none', () => {
  expect(editFormSchema.parse(whole).typed).toEqual({
    title: 'Mine',
    description: null,
    listId: null,
    dueOn: '2026-12-24',
    dueTime: '09:30',
    dueZone: null,
    startOn: null,
    priority: 1,
    labels: ['home', 'phone'],
    repeat: null,
  })
  const typed = (fields: object) => editFormSchema.parse({ ...whole, ...fields }).typed
  expect(typed({ repeat: 'FREQ=DAILY' }).repeat).toEqual({ rule: 'FREQ=DAILY', from: 'due' })
  expect(
    typed({ repeat: 'custom', repeat_rule: 'freq=weekly;byday=mo', repeat_from: 'completion' }).repeat,
  ).toEqual({ rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'completion' })
  expect(typed({ use_saved_task_priority: 'on' })).not.toHaveProperty('priority')
})

test('a time that was there before goes with its day, and a new one needs a day', () => {
  const before = { seen_due_time: fingerprint('dueTime', '09:30'), due_on: '' }
  expect(editFormSchema.parse({ ...whole, ...before }).typed).toMatchObject({ dueOn: null, dueTime: null })
  const added = editFormSchema.parse({ ...whole, due_on: '', seen_due_time: fingerprint('dueTime', null) })
  expect(added.typed).toMatchObject({ dueOn: null, dueTime: '09:30' })
  const refusal = { code: 'INVALID_DUE', details: [{ field: 'due_time', issue: 'needs due_on' }] } as const
  expect(failureOf({ ...refusal, details: [...refusal.details] }, '').details).toEqual([
    { field: 'due_on', issue: 'Choose a day for this time.' },
  ])
})

test.each([
  ['due_on', '2027-02-29', 'Due must be a day such as 2026-12-24.'],
  ['due_time', '24:00', 'Time must be a time such as 09:30.'],
  ['due_zone', 'Europe/Atlantis', 'Time zone must be a time zone such as Europe/Berlin.'],
  ['start_on', 'tomorrow', 'Start must be a day such as 2026-12-24.'],
  ['task_priority', '4', 'Priority must be 1, 2, 3, or 0 for none.'],
  ['labels', `${'x'.repeat(51)},${'y'.repeat(51)}`, 'Each label must be at most 50 characters long.'],
  ['labels', Array.from({ length: 51 }, (_, index) => index).join(), 'Enter up to 50 labels.'],
  ['list_id', 'x', 'List must be the id of a list, or null for the Inbox.'],
  ['repeat', 'FREQ=HOURLY', 'FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY.'],
  ['repeat_until', '2027-02-29', 'Until must be a day such as 2026-12-24.'],
  ['title', 'x'.repeat(501), 'Title must be at most 500 characters long.'],
])('the field %s with the value %s has the error %j', (field, value, issue) => {
  const parsed = editFormSchema.safeParse({ ...whole, [field]: value })
  const issues = parsed.error?.issues.map(({ path, message }) =>
    describeIssue({ field: path.join('.'), issue: message }),
  )
  expect(issues).toEqual([{ field, issue }])
})

test.each([
  ['often', 'Enter days such as “every 2nd Tuesday of the month”, or a rule such as FREQ=DAILY.'],
  ['FREQ=WEEKLY;INTERVAL=0', 'INTERVAL must be a whole number from 1 to 999.'],
  ['FREQ=WEEKLY;BYDAY=1MO,2MO', 'BYDAY must be weekdays such as MO.'],
  [
    'FREQ=WEEKLY;BYHOUR=1',
    'Rule can only have FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, UNTIL, COUNT.',
  ],
])('the rule %s is an error at the field in which it was written', (repeat_rule, issue) => {
  const parsed = editFormSchema.safeParse({ ...whole, repeat: 'custom', repeat_rule })
  const issues = parsed.error?.issues.map(({ path, message }) =>
    describeIssue({ field: path.join('.'), issue: message }),
  )
  expect(issues).toEqual([{ field: 'repeat_rule', issue }])
})

test.each([
  ['every 2 weeks on Monday and thursday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'due'],
  ['2nd Tuesday of the month', 'FREQ=MONTHLY;BYDAY=2TU', 'due'],
  ['every! 3 days', 'FREQ=DAILY;INTERVAL=3', 'completion'],
])('the rule "%s" is read as words', (repeat_rule, rule, from) => {
  const { typed } = editFormSchema.parse({ ...whole, repeat: 'custom', repeat_rule })
  expect(typed.repeat).toEqual({ rule, from })
})

test.each<[object, string | null]>([
  [{ repeat: 'FREQ=DAILY', repeat_interval: '3' }, 'FREQ=DAILY;INTERVAL=3'],
  [{ repeat: 'FREQ=DAILY', repeat_interval: '' }, 'FREQ=DAILY'],
  [{ repeat: 'FREQ=DAILY', repeat_until: '2027-03-01' }, 'FREQ=DAILY;UNTIL=20270301'],
  [
    { repeat: 'custom', repeat_rule: 'mon and thu', repeat_interval: '2' },
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
  ],
  [{ repeat: '', repeat_interval: '2', repeat_until: '2027-01-31' }, null],
])('interval and last day are parts of the rule: %j', (fields, rule) => {
  const { typed } = editFormSchema.parse({ ...whole, ...fields })
  expect(typed.repeat).toEqual(rule && { rule, from: 'due' })
})

test.each([
  [
    { repeat: 'FREQ=DAILY', repeat_interval: '0' },
    'repeat_interval',
    'Interval must be a whole number from 1 to 999.',
  ],
  [
    { repeat: 'custom', repeat_rule: 'every 2 days', repeat_interval: '3' },
    'repeat_interval',
    'The custom rule has its own. Clear one of the two.',
  ],
  [
    { repeat: 'custom', repeat_rule: 'FREQ=DAILY;until=20270201', repeat_until: '2027-03-01' },
    'repeat_until',
    'The custom rule has its own. Clear one of the two.',
  ],
  [{ repeat: 'FREQ=DAILY;COUNT=3', repeat_until: '2027-03-01' }, 'repeat', 'COUNT does not go with UNTIL.'],
])('of the repetition %j, %s has the error %j', (fields, field, issue) => {
  const parsed = editFormSchema.safeParse({ ...whole, ...fields })
  const issues = parsed.error?.issues.map(({ path, message }) =>
    describeIssue({ field: path.join('.'), issue: message }),
  )
  expect(issues).toEqual([{ field, issue }])
})

test('a rule that is written while the menu has another choice is an error, except the one that was shown', () => {
  const parse = (fields: object) => editFormSchema.safeParse({ ...whole, ...fields })
  const written = { repeat_rule: 'FREQ=WEEKLY;INTERVAL=2' }
  for (const repeat of ['', 'FREQ=DAILY']) {
    expect(parse({ repeat, ...written }).error?.issues).toMatchObject([{ path: ['repeat'] }])
    const shown = parse({ repeat, ...written, seen_repeat_rule: written.repeat_rule })
    expect(shown.data?.typed.repeat).toEqual(repeat ? { rule: repeat, from: 'due' } : null)
    expect(parse({ repeat, ...written, use_saved_repeat: 'on' }).success).toBe(true)
  }
})

test('a start day after the due day is an error at the day that the user changed', () => {
  const days = { due_on: '2026-12-24', start_on: '2026-12-25' }
  const seen = {
    seen_due_on: fingerprint('dueOn', days.due_on),
    seen_start_on: fingerprint('startOn', days.start_on),
  }
  const fieldsOf = (fields: object) =>
    editFormSchema.safeParse({ ...whole, ...days, ...fields }).error?.issues.map(({ path }) => path[0])
  expect(fieldsOf({ ...seen, seen_start_on: '' })).toEqual(['start_on'])
  expect(fieldsOf({ ...seen, seen_due_on: '' })).toEqual(['due_on'])
  expect(fieldsOf(seen)).toBeUndefined()
  expect(fieldsOf({ start_on: days.due_on })).toBeUndefined()
  expect(fieldsOf({ due_on: '', due_time: '' })).toBeUndefined()
})
