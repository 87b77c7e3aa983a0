import { expect, test } from 'vitest'
import { previewRepeat } from './preview-repeat.ts'

const TODAY = '2026-11-29'
const VALUES = {
  repeat: 'FREQ=WEEKLY',
  repeat_from: 'due',
  repeat_rule: '',
  repeat_interval: '1',
  repeat_until: '',
  seen_repeat_rule: '',
  due_on: '2026-11-30',
}
const SAVED = { rule: 'FREQ=WEEKLY', from: 'due', anchor: '2026-11-24' } as const
const UNTIL_MAY = 'FREQ=DAILY;UNTIL=20260501'

test.each<[Partial<Parameters<typeof previewRepeat>[0]>, string]>([
  [{}, 'Every week on Monday. Next: Mon 7 Dec, Mon 14 Dec, Mon 21 Dec'],
  [{ due_on: '', repeat: 'FREQ=DAILY' }, 'Every day. Next: Sun 29 Nov, Mon 30 Nov, Tue 1 Dec'],
  [
    { repeat: 'custom', repeat_rule: 'FREQ=YEARLY' },
    'Every year on the 30th of November. Next: 30 Nov 2027, 30 Nov 2028, 30 Nov 2029',
  ],
  [{ repeat_from: 'completion' }, 'Every week after completion. Next: Mon 7 Dec, Mon 14 Dec, Mon 21 Dec'],
  [{ repeat: 'FREQ=DAILY;COUNT=2' }, 'Every day, 2 times. Next: Tue 1 Dec'],
  [{ repeat: 'FREQ=DAILY;COUNT=1' }, 'Every day, once. No further day.'],
  [{ repeat: UNTIL_MAY }, 'Every day until 1 May 2026. No further day.'],
  [{ repeat: UNTIL_MAY, due_on: '' }, 'Every day until 1 May 2026. No further day.'],
  [{ repeat_interval: '2' }, 'Every 2 weeks on Monday. Next: Mon 14 Dec, Mon 28 Dec, 11 Jan 2027'],
  [
    { repeat: 'FREQ=DAILY', repeat_interval: '3', repeat_until: '2026-12-04' },
    'Every 3 days until 4 December 2026. Next: Thu 3 Dec',
  ],
  [
    { repeat: 'custom', repeat_rule: '2nd Tuesday of the month', repeat_until: '2027-01-31' },
    'Every month on the second Tuesday until 31 January 2027. Next: Tue 8 Dec, 12 Jan 2027',
  ],
  [{ repeat_interval: '0' }, ''],
  [{ repeat: '' }, ''],
  [{ repeat: 'custom', repeat_rule: 'often' }, ''],
  [{ repeat_from: 'sometimes' }, ''],
])('of %j is %j', (values, text) => {
  expect(previewRepeat({ ...VALUES, ...values }, null, TODAY)).toBe(text)
})

test.each<[Partial<Parameters<typeof previewRepeat>[0]>, string]>([
  [{}, 'Every week on Tuesday. Next: Tue 1 Dec, Tue 8 Dec, Tue 15 Dec'],
  [
    { repeat: 'custom', repeat_rule: 'freq=weekly' },
    'Every week on Tuesday. Next: Tue 1 Dec, Tue 8 Dec, Tue 15 Dec',
  ],
  [{ due_on: '2026-12-03' }, 'Every week on Tuesday. Next: Tue 8 Dec, Tue 15 Dec, Tue 22 Dec'],
  [{ due_on: '' }, 'Without a due day, the task does not repeat.'],
  [{ repeat: 'FREQ=DAILY', due_on: '' }, 'Every day. Next: Sun 29 Nov, Mon 30 Nov, Tue 1 Dec'],
  [{ repeat_from: 'completion' }, 'Every week after completion. Next: Mon 7 Dec, Mon 14 Dec, Mon 21 Dec'],
])('of %j for a task that repeats every week on Tuesday is %j', (values, text) => {
  expect(previewRepeat({ ...VALUES, ...values }, SAVED, TODAY)).toBe(text)
})
