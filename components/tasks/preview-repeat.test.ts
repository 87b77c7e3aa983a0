import { expect, test } from 'vitest'
import { previewRepeat } from './preview-repeat.ts'

const TODAY = '2026-11-29'
const VALUES = { repeat: 'FREQ=WEEKLY', rule: '', from: 'due', dueOn: '2026-11-30' }
const SAVED = { rule: 'FREQ=WEEKLY', from: 'due', anchor: '2026-11-24' } as const
const UNTIL_MAY = 'FREQ=DAILY;UNTIL=20260501'

test.each<[Partial<Parameters<typeof previewRepeat>[0]>, string]>([
  [{}, 'Every week on Monday. Next: Mon 7 Dec, Mon 14 Dec, Mon 21 Dec'],
  [{ dueOn: null, repeat: 'FREQ=DAILY' }, 'Every day. Next: Sun 29 Nov, Mon 30 Nov, Tue 1 Dec'],
  [
    { repeat: 'custom', rule: 'FREQ=YEARLY' },
    'Every year on the 30th of November. Next: 30 Nov 2027, 30 Nov 2028, 30 Nov 2029',
  ],
  [{ from: 'completion' }, 'Every week after completion. Next: Mon 7 Dec, Mon 14 Dec, Mon 21 Dec'],
  [{ repeat: 'FREQ=DAILY;COUNT=2' }, 'Every day, 2 times. Next: Tue 1 Dec'],
  [{ repeat: 'FREQ=DAILY;COUNT=1' }, 'Every day, once. No further day.'],
  [{ repeat: UNTIL_MAY }, 'Every day until 1 May 2026. No further day.'],
  [{ repeat: UNTIL_MAY, dueOn: null }, 'Every day until 1 May 2026. No further day.'],
  [{ repeat: '' }, ''],
  [{ repeat: 'custom', rule: 'often' }, ''],
  [{ from: 'sometimes' }, ''],
])('of %j is %j', (values, text) => {
  expect(previewRepeat({ ...VALUES, ...values }, null, TODAY)).toBe(text)
})

test.each<[Partial<Parameters<typeof previewRepeat>[0]>, string]>([
  [{}, 'Every week on Tuesday. Next: Tue 1 Dec, Tue 8 Dec, Tue 15 Dec'],
  [
    { repeat: 'custom', rule: 'freq=weekly' },
    'Every week on Tuesday. Next: Tue 1 Dec, Tue 8 Dec, Tue 15 Dec',
  ],
  [{ dueOn: '2026-12-03' }, 'Every week on Tuesday. Next: Tue 8 Dec, Tue 15 Dec, Tue 22 Dec'],
  [{ dueOn: null }, 'Without a due day, the task does not repeat.'],
  [{ repeat: 'FREQ=DAILY', dueOn: null }, 'Every day. Next: Sun 29 Nov, Mon 30 Nov, Tue 1 Dec'],
  [{ from: 'completion' }, 'Every week after completion. Next: Mon 7 Dec, Mon 14 Dec, Mon 21 Dec'],
])('of %j for a task that repeats every week on Tuesday is %j', (values, text) => {
  expect(previewRepeat({ ...VALUES, ...values }, SAVED, TODAY)).toBe(text)
})
