import { expect, test } from 'vitest'
import { longerBlocks } from './responses.ts'

const NOW = new Date('2026-03-01T12:00:00Z')

test.each([
  [null, ['block-hour', 'block-day']],
  ['2026-03-01T12:00:01Z', ['block-day']],
  ['2026-03-01T13:00:00Z', ['block-day']],
  ['2026-03-02T11:00:00Z', ['block-day']],
  ['2026-03-02T11:00:01Z', []],
  ['2026-03-31T12:00:00Z', []],
])('offers longer blocks only: blocked until %s gives %j', (until, offered) => {
  expect(longerBlocks(until === null ? null : new Date(until), NOW)).toEqual(offered)
})
