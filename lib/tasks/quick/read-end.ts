import { addDays } from '../day.ts'
import { formatRule } from '../repeat/rule.ts'
import { type Groups, matchForm, type Place, phrase } from './phrase.ts'
import { later, readDay } from './read-day.ts'
import type { FoundRepetition } from './read-repetition.ts'

/** What comes before the last day. */
const UNTIL = / (?:until|till?|through|thru|ending|ends)(?: on)? /y

const FORMS: [RegExp, (groups: Groups, today: string) => { until: string } | { count: number }][] = [
  [phrase(' (?:for )?(?<count>[1-9]\\d{0,2}) times'), ({ count }) => ({ count: Number(count) })],
  [
    phrase(' for (?<count>[1-9]\\d{0,2}) (?<unit>day|week|month|year)s?'),
    ({ count, unit = '' }, today) => ({ until: addDays(later(today, Number(count), unit), -1) }),
  ],
]

/**
 * Reads when a repetition ends, after its days: "until 24 dec", "for 3 weeks", "10 times". An end before the first day is
 * none.
 * @param place after the days
 */
export function readEnd(
  place: Place,
  { found, today }: { found: FoundRepetition; today: string },
): { value: FoundRepetition; end: number } {
  const end = readUntil(place, today) ?? readLength(place, today)
  if (!end || ('until' in end.value && end.value.until < found.firstDay(today)))
    return { value: found, end: place.at }
  const rule = { ...found.rule, ...end.value }
  return {
    value: { ...found, rule, repeat: { ...found.repeat, rule: formatRule(rule) } },
    end: end.end,
  }
}

function readUntil({ text, at }: Place, today: string) {
  UNTIL.lastIndex = at
  if (!UNTIL.test(text)) return null
  const day = readDay({ text, at: UNTIL.lastIndex }, today)
  return day && { value: { until: day.value }, end: day.end }
}

function readLength(place: Place, today: string) {
  const form = matchForm(FORMS, place)
  return form && { value: form.meaning(form.groups, today), end: form.end }
}
