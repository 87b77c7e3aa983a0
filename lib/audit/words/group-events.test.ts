import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AccountEvent } from '../account-event.ts'
import { describeOrigins, groupEvents } from './group-events.ts'

const WRONG = { eventType: 'login_failed', success: false, failureReason: 'wrong_password' }
const NONE = { ipAddress: null, userAgent: null }

function makeEvent(minutesAgo: number, event: Partial<AccountEvent> = {}): AccountEvent {
  return {
    ...{ id: randomUUID(), eventType: 'login', success: true, failureReason: null, details: null },
    ...{ ipAddress: '203.0.113.7', userAgent: 'curl/8', sessionId: null },
    createdAt: new Date(Date.UTC(2026, 0, 9) - minutesAgo * 60_000),
    ...event,
  }
}

const lengths = (events: AccountEvent[]) => groupEvents(events).map(({ length }) => length)

test('combines three or more neighbours with the same sentence, in their order', () => {
  const [first, second, third, fourth] = [1, 2, 3, 4].map((ago) => makeEvent(ago, WRONG))
  const [before, after] = [makeEvent(0), makeEvent(5)]
  const all = [before, first, second, third, fourth, after].filter((event) => event !== undefined)
  expect(groupEvents(all)).toEqual([[before], [first, second, third, fourth], [after]])
})

test('leaves two neighbours, other sentences and events of different days apart', () => {
  expect(lengths([])).toEqual([])
  expect(lengths([1, 2].map((ago) => makeEvent(ago, WRONG)))).toEqual([1, 1])
  const disabled = { ...WRONG, failureReason: 'account_disabled' }
  expect(lengths([makeEvent(1, WRONG), makeEvent(2, disabled), makeEvent(3, WRONG)])).toEqual([1, 1, 1])
  expect(lengths([0, 1441, 2883].map((ago) => makeEvent(ago, WRONG)))).toEqual([1, 1, 1])
  expect(lengths([0, 1440, 2880].map((ago) => makeEvent(ago, WRONG)))).toEqual([3])
})

test('never combines log-ins', () => {
  expect(lengths([1, 2, 3, 4].map((ago) => makeEvent(ago)))).toEqual([1, 1, 1, 1])
})

test.each([
  [[{}, {}], 'from curl, 203.0.113.7'],
  [[{}, { ipAddress: '203.0.113.8' }], 'from curl, 2 addresses'],
  [[{}, { ipAddress: '203.0.113.8', userAgent: 'wget/1' }], 'from 2 devices, 2 addresses'],
  [[{ userAgent: null }], 'from an unknown device, 203.0.113.7'],
  [[NONE, NONE], ''],
])('describes the origins of %j as "%s"', (events, expected) => {
  const [first = makeEvent(0), ...others] = events.map((event) => makeEvent(0, event))
  expect(describeOrigins([first, ...others])).toBe(expected)
})
