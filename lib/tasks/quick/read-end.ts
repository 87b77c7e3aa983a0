import { formatRule } from '../repeat/rule.ts'
import { type Place, phrase } from './phrase.ts'
import { readDay } from './read-day.ts'
import type { FoundRepetition } from './read-repetition.ts'

/** What comes before the last day. */
const UNTIL = / (?:until|till?|through|thru|ending|ends)(?: on)? /y

const TIMES = phrase(' (?:for )?(?<count>[1-9]\\d{0,2}) times')

/**
 * Reads when a repetition ends, after its days: "until 24 dec", "10 times". An end before the first day is
 * none.
 * @param place after the days
 */
export function readEnd(
  place: Place,
  { found, today }: { found: FoundRepetition; today: string },
): { value: FoundRepetition; end: number } {
  const end = readUntil(place, today) ?? readTimes(place)
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

function readTimes({ text, at }: Place) {
  TIMES.lastIndex = at
  const count = TIMES.exec(text)?.groups?.count
  return count ? { value: { count: Number(count) }, end: TIMES.lastIndex } : null
}
