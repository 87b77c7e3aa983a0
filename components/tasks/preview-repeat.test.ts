import { expect, test } from 'vitest'
import { previewRepeat } from './preview-repeat.ts'

const TODAY = '2026-11-29'
const VALUES = { repeat: 'FREQ=WEEKLY', rule: '', from: 'due', dueOn: '2026-11-30' }

test.each<[Partial<Parameters<typeof previewRepeat>[0]>, string]>([
  [{}, 'Next: Mon 7 Dec, Mon 14 Dec, Mon 21 Dec'],
  [{ dueOn: null, repeat: 'FREQ=DAILY' }, 'Next: Sun 29 Nov, Mon 30 Nov, Tue 1 Dec'],
  [{ repeat: 'custom', rule: 'FREQ=YEARLY' }, 'Next: 30 Nov 2027, 30 Nov 2028, 30 Nov 2029'],
  [{ repeat: 'FREQ=DAILY;COUNT=2' }, 'Next: Tue 1 Dec'],
  [{ repeat: 'FREQ=DAILY;COUNT=1' }, ''],
  [{ repeat: '' }, ''],
  [{ repeat: 'custom', rule: 'often' }, ''],
  [{ from: 'sometimes' }, ''],
])('of %j is %j', (values, text) => {
  expect(previewRepeat({ ...VALUES, ...values }, TODAY)).toBe(text)
})
