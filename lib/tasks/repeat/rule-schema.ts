import { z } from 'zod'
import '#lib/jitless-zod.ts'
import { isDay } from '../day.ts'
import {
  FREQUENCIES,
  type Frequency,
  formatWeekday,
  PARTS,
  type Part,
  type Rule,
  WEEKDAYS,
  type Weekday,
} from './rule.ts'

const MAX_LENGTH = 500

function wholeNumber({ from, to }: { from: number; to: number }) {
  const issue = `must be a whole number from ${from} to ${to}${from < 0 ? ', but not 0' : ''}`
  return z
    .string()
    .regex(/^[+-]?\d{1,3}$/, issue)
    .transform(Number)
    .refine((number) => number >= from && number <= to && number !== 0, issue)
}

function listOf<Item extends z.ZodType<number | Weekday, string>>(item: Item) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(item))
    .optional()
}

const weekday = z.string().transform((text, context): Weekday => {
  const [, nth, name] = /^([+-]?[1-5])?([A-Z]{2})$/.exec(text) ?? []
  const day = WEEKDAYS.indexOf(name ?? '')
  if (day >= 0) return { nth: Number(nth ?? 0), day }
  context.addIssue('must be weekdays such as MO, or such as 1MO and -1FR within a month')
  return z.NEVER
})

const partsSchema = z
  .strictObject(
    {
      FREQ: z.enum(FREQUENCIES, 'must be DAILY, WEEKLY, MONTHLY or YEARLY'),
      INTERVAL: wholeNumber({ from: 1, to: 999 }).optional(),
      BYMONTH: listOf(wholeNumber({ from: 1, to: 12 })),
      // From the end, only days that every month has.
      BYMONTHDAY: listOf(wholeNumber({ from: -28, to: 31 })),
      BYDAY: listOf(weekday),
      BYSETPOS: listOf(wholeNumber({ from: -366, to: 366 })),
      UNTIL: z
        .string()
        .transform((text) => text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'))
        .refine(isDay, 'must be a day such as 20261224')
        .optional(),
      COUNT: wholeNumber({ from: 1, to: 999 }).optional(),
    },
    `can only have ${PARTS.join(', ')}`,
  )
  .superRefine((parts, context) => {
    const issues = Object.entries(findMisfits(parts))
    for (const [part, message] of issues) context.addIssue({ code: 'custom', path: [part], message })
  })

type Parts = {
  FREQ: Frequency
  INTERVAL?: number | undefined
  BYMONTH?: number[] | undefined
  BYMONTHDAY?: number[] | undefined
  BYDAY?: Weekday[] | undefined
  BYSETPOS?: number[] | undefined
  UNTIL?: string | undefined
  COUNT?: number | undefined
}

/** The parts that choose days, by the frequencies that can have them. */
const CHOICES: Record<Frequency, readonly Part[]> = {
  DAILY: ['BYDAY'],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYMONTHDAY', 'BYDAY', 'BYSETPOS'],
  YEARLY: ['BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS'],
}

/** The parts that are valid by themselves, but not with the others. */
function findMisfits(parts: Parts): Partial<Record<Part, string>> {
  const { FREQ, INTERVAL = 1, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, UNTIL, COUNT } = parts
  const misfits: Partial<Record<Part, string>> = {}
  for (const part of CHOICES.YEARLY) {
    if (parts[part] && !CHOICES[FREQ].includes(part)) misfits[part] = `does not go with FREQ=${FREQ}`
  }
  const hasMonths = FREQ === 'MONTHLY' || (FREQ === 'YEARLY' && BYMONTH)
  if (!hasMonths && BYDAY?.some(({ nth }) => nth !== 0)) misfits.BYDAY = 'must be weekdays such as MO'
  if (FREQ === 'DAILY' && BYDAY && INTERVAL > 1) misfits.BYDAY = 'does not go with FREQ=DAILY and INTERVAL'
  if (FREQ === 'YEARLY' && !BYMONTH && BYDAY) misfits.BYDAY = 'needs BYMONTH with FREQ=YEARLY'
  if (FREQ === 'YEARLY' && !BYMONTH && BYMONTHDAY) misfits.BYMONTHDAY = 'needs BYMONTH with FREQ=YEARLY'
  if (BYSETPOS && !BYDAY && !BYMONTHDAY) misfits.BYSETPOS = 'needs BYDAY or BYMONTHDAY'
  if (UNTIL && COUNT) misfits.COUNT = 'does not go with UNTIL'
  return misfits
}

/** A rule from a text such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO`, with its parts in any order and case. */
export const ruleSchema = z
  .string('must be a rule such as FREQ=DAILY')
  .max(MAX_LENGTH, `must be at most ${MAX_LENGTH} characters long`)
  .transform((text, context) => {
    const rule = text
      .trim()
      .toUpperCase()
      .replace(/^RRULE:/, '')
    const parts = rule.split(';').map((part) => part.split('='))
    const names = new Set(parts.map(([name]) => name))
    if (names.size === parts.length && parts.every(({ length }) => length === 2)) {
      return Object.fromEntries(parts) as z.input<typeof partsSchema>
    }
    context.addIssue('must be a rule such as FREQ=DAILY')
    return z.NEVER
  })
  .pipe(partsSchema)
  .transform(toRule)

function toRule({ FREQ, INTERVAL = 1, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, UNTIL, COUNT }: Parts): Rule {
  const weekdays = new Map(BYDAY?.map((weekday) => [formatWeekday(weekday), weekday]))
  return {
    // Every day that is a Monday is the Monday of every week.
    frequency: FREQ === 'DAILY' && BYDAY ? 'WEEKLY' : FREQ,
    interval: INTERVAL,
    months: sorted(BYMONTH),
    monthDays: sorted(BYMONTHDAY),
    weekdays: [...weekdays.values()].sort((a, b) => byPlace(a.nth, b.nth) || a.day - b.day),
    positions: sorted(BYSETPOS),
    until: UNTIL ?? null,
    count: COUNT ?? null,
  }
}

function sorted(numbers: number[] = []): number[] {
  return [...new Set(numbers)].sort(byPlace)
}

/** Places from the end come last. */
function byPlace(one: number, other: number): number {
  return Number(one < 0) - Number(other < 0) || one - other
}
