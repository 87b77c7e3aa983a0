import { describe, expect, test } from 'vitest'
import { formatRule } from './rule.ts'
import { ruleSchema } from './rule-schema.ts'
import { repeatSchema } from './schema.ts'

describe('a rule is stored in one spelling', () => {
  test.each([
    ['FREQ=DAILY', 'FREQ=DAILY'],
    [' rrule:interval=1;freq=daily ', 'FREQ=DAILY'],
    ['FREQ=WEEKLY;BYDAY=FR,MO,FR;INTERVAL=2', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,31,+1,31', 'FREQ=MONTHLY;BYMONTHDAY=1,31,-1'],
    ['FREQ=MONTHLY;BYDAY=-1FR,1MO', 'FREQ=MONTHLY;BYDAY=1MO,-1FR'],
    [
      'FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR,TH,WE,TU,MO;COUNT=3',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3',
    ],
    ['FREQ=YEARLY;BYDAY=4TH;BYMONTH=11', 'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH'],
    ['FREQ=DAILY;UNTIL=20280229', 'FREQ=DAILY;UNTIL=20280229'],
  ])('%s', (text, stored) => {
    expect(formatRule(ruleSchema.parse(text))).toBe(stored)
    expect(formatRule(ruleSchema.parse(stored))).toBe(stored)
  })
})

describe('a rule is refused by the name of its part', () => {
  test.each([
    ['', ''],
    ['daily', ''],
    ['FREQ=DAILY;', ''],
    ['FREQ=DAILY;FREQ=DAILY', ''],
    ['FREQ=DAILY;BYHOUR=9', ''],
    ['FREQ=WEEKLY;WKST=SU', ''],
    ['FREQ=DAILY;__proto__=1', ''],
    ['FREQ=DAILY;X=', ''],
    [`FREQ=DAILY;COUNT=${'0'.repeat(500)}`, ''],
    ['INTERVAL=2', 'FREQ'],
    ['FREQ=HOURLY', 'FREQ'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1000', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=-1', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1.5', 'INTERVAL'],
    ['FREQ=DAILY;COUNT=0', 'COUNT'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101', 'COUNT'],
    ['FREQ=DAILY;UNTIL=20270229', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20270228T000000Z', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=2027', 'UNTIL'],
    ['FREQ=DAILY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY.0'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,32', 'BYMONTHDAY.1'],
    ['FREQ=MONTHLY;BYMONTHDAY=-29', 'BYMONTHDAY.0'],
    ['FREQ=MONTHLY;BYMONTH=1', 'BYMONTH'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH.0'],
    ['FREQ=YEARLY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYDAY=MO', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=MO,XX', 'BYDAY.1'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=', 'BYDAY.0'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'BYDAY.0'],
    ['FREQ=DAILY;INTERVAL=2;BYDAY=MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS'],
    ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1', 'BYSETPOS'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367', 'BYSETPOS.0'],
  ])('%s', (text, part) => {
    const issues = ruleSchema.safeParse(text).error?.issues ?? []
    expect(issues.map(({ path }) => path.join('.'))).toEqual([part])
  })

  test.each([1, null, {}, ['FREQ=DAILY']])('%j is no text', (value) => {
    expect(ruleSchema.safeParse(value).success).toBe(false)
  })
})

test.each([
  'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6',
  'FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2MO',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO',
  'FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1;BYSETPOS=3',
])('%s has no day, so no task can get it', (rule) => {
  expect(repeatSchema.safeParse({ rule }).error?.issues).toMatchObject([
    { path: ['rule'], message: 'has no day in any year' },
  ])
  expect(ruleSchema.safeParse(rule).success, 'a stored one is read').toBe(true)
})

test.each([
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
  'FREQ=MONTHLY;BYDAY=5MO;INTERVAL=999',
  'FREQ=YEARLY',
])('%s has days', (rule) => {
  expect(repeatSchema.safeParse({ rule }).success).toBe(true)
})
