import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wallClock } from '#lib/format-date.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#lib/time.ts'
import { offsetOf } from '#lib/time-zone.ts'
import { addDays, dayNumber, laterOf } from '../day.ts'
import { dayIn } from '../day-in.ts'
import { nextTurn } from './next-turn.ts'
import { previewDays } from './preview-days.ts'
import { readRule } from './repeat.ts'
import { dayAfter } from './rule-days.ts'

const day = fc
  .integer({ min: dayNumber('2000-01-01'), max: dayNumber('2090-12-31') })
  .map((number) => addDays('1970-01-01', number))

const RULES = [
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=-1FR',
]

function dueOnAfter(
  rule: string,
  dueOn: string,
  own: { today?: string; anchor?: string; from?: 'completion' } = {},
) {
  const { today = dueOn, anchor = dueOn, from = 'due' } = own
  return nextTurn({ rule, from, dueOn, anchor }, today)?.dueOn
}

const ZONES = (
  'Africa/Cairo Africa/Casablanca Africa/Lagos America/Anchorage America/Asuncion America/Caracas America/Havana ' +
  'America/Los_Angeles America/New_York America/Nuuk America/Sao_Paulo America/St_Johns Antarctica/Troll Asia/Beirut ' +
  'Asia/Gaza Asia/Kathmandu Asia/Kolkata Asia/Pyongyang Asia/Tehran Asia/Tokyo Atlantic/Azores Australia/Eucla ' +
  'Australia/Lord_Howe Europe/Berlin Europe/Dublin Pacific/Apia Pacific/Chatham Pacific/Kiritimati ' +
  'Pacific/Marquesas UTC'
).split(' ')
/** Near a skipped day of Apia, a half hour of Pyongyang, and changes of clocks. */
const MOMENTS = ['2011-12-29T12:00Z', '2018-05-04T15:30Z', '2026-03-29T00:00Z', '2026-10-04T00:00Z']

describe('a task that counts from its due day', () => {
  test('is followed by the first day of its rule after the due day and today, so that missed ones never pile up', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RULES), day, day, day, (rule, anchor, dueOn, today) => {
        const next = dueOnAfter(rule, dueOn, { today, anchor })!
        const latest = laterOf(dueOn, today)
        expect(next > latest).toBe(true)
        expect(next).toBe(dayAfter(readRule(rule), { anchor, after: latest }))
      }),
    )
  })

  test('keeps the phase of its weeks and the date of its months', () => {
    expect(dueOnAfter('FREQ=WEEKLY;INTERVAL=2', '2026-12-07', { today: '2026-12-23' })).toBe('2027-01-04')
    expect(dueOnAfter('FREQ=MONTHLY', '2027-02-28', { anchor: '2027-01-31' })).toBe('2027-03-31')
    expect(dueOnAfter('FREQ=MONTHLY', '2026-12-31', { today: '2027-02-27' })).toBe('2027-02-28')
  })
})

describe('a task that counts from completion', () => {
  test('is followed by a day that is as long after the completion, however late or early it is', () => {
    const from = 'completion'
    for (const today of ['2026-12-01', '2026-12-24', '2027-02-10']) {
      expect(dueOnAfter('FREQ=DAILY;INTERVAL=10', '2026-12-24', { today, from })).toBe(addDays(today, 10))
    }
    expect(dueOnAfter('FREQ=MONTHLY', '2027-01-31', { today: '2027-01-31', from })).toBe('2027-02-28')
    expect(dueOnAfter('FREQ=WEEKLY;BYDAY=MO', '2026-12-07', { today: '2026-12-09', from })).toBe('2026-12-14')
  })

  test.each(ZONES)('in %s, counts from the day on the wall just before and just after midnight', (zone) => {
    const offset = offsetOf(zone)!
    for (const around of MOMENTS) {
      const turns: [string, string][] = []
      // Offsets are quarters of an hour.
      for (let step = -36 * 8; step <= 36 * 8; step++) {
        const minute = Math.floor(step / 2) * 15 + (step % 2 === 0 ? -1 : 1)
        const now = new Date(Date.parse(around) + minute * MINUTE_MS)
        const [date = '', time = ''] = wallClock(now, offset).toISOString().split('T')
        if (!/^(23:59|00:01)/.test(time)) continue
        const turn = {
          rule: 'FREQ=DAILY',
          from: 'completion',
          dueOn: '2026-01-01',
          anchor: '2026-01-01',
        } as const
        turns.push([addDays(date, 1), nextTurn(turn, dayIn(zone, now))!.dueOn])
      }
      expect(turns.length).toBeGreaterThanOrEqual(4)
      for (const [expected, next] of turns) expect(next).toBe(expected)
    }
  })
})

test.each(ZONES.filter((zone) => zone !== 'Pacific/Apia'))(
  'in %s, a daily task that is completed each day has each day once, whatever the clocks do',
  (zone) => {
    for (const around of MOMENTS) {
      const start = Date.parse(around) - 3 * DAY_MS
      let dueOn = dayIn(zone, new Date(start))
      const days = [dueOn]
      for (let now = start; now <= start + 6 * DAY_MS; now += 6 * HOUR_MS) {
        const today = dayIn(zone, new Date(now))
        if (today < dueOn) continue
        dueOn = nextTurn({ rule: 'FREQ=DAILY', from: 'due', dueOn, anchor: dueOn }, today)!.dueOn
        days.push(dueOn)
      }
      expect(days).toEqual(days.map((_, index) => addDays(days[0]!, index)))
    }
  },
)

test('a day that a zone skipped is due the day after', () => {
  const turn = { rule: 'FREQ=DAILY', from: 'due', dueOn: '2011-12-29', anchor: '2011-12-29' } as const
  const [before, after] = ['2011-12-30T09:59Z', '2011-12-30T10:01Z'].map((at) =>
    dayIn('Pacific/Apia', new Date(at)),
  )
  expect([before, after]).toEqual(['2011-12-29', '2011-12-31'])
  expect(nextTurn(turn, before!)?.dueOn).toBe('2011-12-30')
  expect(nextTurn({ ...turn, dueOn: '2011-12-30' }, after!)?.dueOn).toBe('2012-01-01')
})

test('a series ends with its count, or after its last day', () => {
  const turn = { rule: 'FREQ=DAILY;COUNT=2', from: 'due', dueOn: '2026-12-01', anchor: '2026-12-01' } as const
  const second = nextTurn(turn, '2026-12-01')!
  expect(second).toEqual({ ...turn, rule: 'FREQ=DAILY;COUNT=1', dueOn: '2026-12-02' })
  expect(nextTurn(second, '2026-12-02')).toBe(null)
  expect(dueOnAfter('FREQ=DAILY;UNTIL=20261202', '2026-12-01')).toBe('2026-12-02')
  expect(dueOnAfter('FREQ=DAILY;UNTIL=20261202', '2026-12-02')).toBe(undefined)
})

describe('a preview', () => {
  const today = '2026-11-29'
  const days = (rule: string, dueOn: string | null, from: 'due' | 'completion' = 'due') =>
    previewDays({ repeat: { rule, from }, dueOn, today }, 4)

  test('has the due day and those that follow', () => {
    expect(days('FREQ=MONTHLY', '2026-12-31')).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
    ])
    expect(days('FREQ=WEEKLY', '2026-11-02')).toEqual([
      '2026-11-02',
      '2026-11-30',
      '2026-12-07',
      '2026-12-14',
    ])
    expect(days('FREQ=WEEKLY', '2026-11-02', 'completion')).toEqual([
      ...['2026-11-02', '2026-12-06', '2026-12-13', '2026-12-20'],
    ])
  })

  test('begins on the first day of the rule where there is none, and ends with the series', () => {
    expect(days('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=2', null)).toEqual(['2026-12-01', '2026-12-15'])
    expect(days('FREQ=DAILY;UNTIL=20261130', null)).toEqual(['2026-11-29', '2026-11-30'])
    expect(days('FREQ=DAILY;UNTIL=20261128', null)).toEqual([])
  })
})
