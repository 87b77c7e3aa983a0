import { expect, test } from 'vitest'
import { describeRule } from './describe-rule.ts'
import { ruleSchema } from './rule-schema.ts'

/** A Thursday. */
const ANCHOR = '2026-12-31'

test.each([
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=DAILY;INTERVAL=3;COUNT=5', 'Every 3 days, 5 times'],
  ['FREQ=DAILY;COUNT=1', 'Every day, once'],
  ['FREQ=WEEKLY', 'Every week on Thursday'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR', 'Every 2 weeks on Monday, Wednesday and Friday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday'],
  ['FREQ=WEEKLY;BYDAY=SA,SU', 'Every weekend day'],
  ['FREQ=MONTHLY', 'Every month on the 31st'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,12,23', 'Every month on the 1st, the 12th and the 23rd'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day'],
  ['FREQ=MONTHLY;BYMONTHDAY=-2', 'Every month on the second last day'],
  ['FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO,-1FR', 'Every 3 months on the first Monday and the last Friday'],
  ['FREQ=MONTHLY;BYDAY=MO', 'Every month on every Monday'],
  ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 'Every month on every Friday that is the 13th'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'Every month on the last weekday'],
  ['FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-1', 'Every month on the first weekend day and the last weekend day'],
  ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2', 'Every month on the second Monday or Tuesday'],
  [
    'FREQ=MONTHLY;BYDAY=1MO,1TU;BYSETPOS=1',
    'Every month on the first of the first Monday and the first Tuesday',
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1',
    'Every month on the last of the 28th, the 29th and the 30th',
  ],
  ['FREQ=YEARLY', 'Every year on the 31st of December'],
  ['FREQ=YEARLY;BYMONTH=3,9', 'Every year on the 31st of March and September'],
  ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', 'Every year on the fourth Thursday of November'],
  ['FREQ=YEARLY;UNTIL=20300105', 'Every year on the 31st of December until 5 January 2030'],
])('%s is in English: %s', (rule, text) => {
  expect(describeRule(ruleSchema.parse(rule), ANCHOR)).toBe(text)
})

test.each([
  ['FREQ=DAILY;INTERVAL=10', 'Every 10 days after completion'],
  ['FREQ=WEEKLY', 'Every week after completion'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', 'Every month on the 1st after completion'],
  ['FREQ=MONTHLY;COUNT=2', 'Every month after completion, 2 times'],
  ['FREQ=YEARLY;BYMONTH=5', 'Every year in May after completion'],
])('%s that counts from completion names no day of its own', (rule, text) => {
  expect(describeRule(ruleSchema.parse(rule), null)).toBe(text)
})
