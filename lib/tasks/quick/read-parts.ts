import type { Place } from './phrase.ts'
import type { Token } from './quick-task.ts'
import { readDay } from './read-day.ts'
import { readEnd } from './read-end.ts'
import { readMark } from './read-mark.ts'
import { type FoundRepetition, readRepetition } from './read-repetition.ts'
import { readTime } from './read-time.ts'
import { splitWords, type Word } from './split-words.ts'

/** Only after these words may a phrase begin. It saves the patterns on the others. */
const FIRST_WORD = new RegExp(
  '^(?:due|on|by|from|starting|at|in|the|this|next|ev(?:ery)?!?|today|tod|tomorrow|tom|noon|\\d.*|' +
    '(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*)[,;:.]?$',
)

/** A date without a year, by a number that a heading may have: "1.2. Setup", "1. May come back". */
const NUMBERING = /^(?:[1-9]|1[0-2])\. ?(?:\d{1,2}\.|[a-z]+)[,;:.]?$/

/** A word, or several words that may be a token. Whether they are one depends on where they are. */
export type Part = {
  start: number
  end: number
  key: string
  token: Token | null
  /** It is read in the middle of a text, too. */
  isMarked: boolean
  /** The user took it back. */
  isIgnored?: boolean
  firstDay?: FoundRepetition['firstDay']
}

/** `end` is a place in the text of all keys. */
type Found = Pick<Part, 'isMarked' | 'firstDay'> & { token: Token; end: number }

/** @param ignored texts of tokens that are not to be read */
export function readParts(
  line: string,
  { today, ignored }: { today: string; ignored: ReadonlySet<string> },
): Part[] {
  const words = splitWords(line)
  const text = words.map(({ key }) => key).join(' ')
  const parts: Part[] = []
  let at = 0
  for (let index = 0; index < words.length; ) {
    const found = readToken(words[index], { text, at }, today)
    const keys = text.slice(at, found?.end ?? at).split(' ')
    const taken = words.slice(index, index + keys.length)
    const [start, end] = [taken.at(0)?.start ?? 0, taken.at(-1)?.end ?? 0]
    const isIgnored = ignored.has(line.slice(start, end))
    if (found && !isIgnored) parts.push({ ...found, start, end, key: '' })
    else parts.push(...taken.map((word) => ({ ...word, token: null, isMarked: false, isIgnored })))
    index += taken.length
    at += taken.reduce((length, { key }) => length + key.length + 1, 0)
  }
  return parts
}

function readToken(word: Word | undefined, place: Place, today: string): Found | null {
  const mark = word ? readMark(word) : null
  if (mark) return { token: mark, isMarked: true, end: place.at }
  return word && FIRST_WORD.test(word.key) ? readPhrase(place, today) : null
}

function readPhrase(place: Place, today: string): Found | null {
  const startsWith = (pattern: RegExp) => pattern.test(place.text.slice(place.at, place.at + 10))
  const days = readRepetition(place)
  if (days) {
    const { value, end } = readEnd({ ...place, at: days.end }, { found: days.value, today })
    const { repeat, rule, firstDay, isMarked } = value
    return { token: { kind: 'repeat', value: repeat, rule }, isMarked, firstDay, end }
  }
  const day = readDay(place, today)
  if (day && !(place.at === 0 && NUMBERING.test(place.text.slice(0, day.end))))
    return { ...day, token: { kind: 'dueOn', value: day.value }, isMarked: startsWith(/^(?:due|on|by) /) }
  const lead = /^(?:from|starting) /.exec(place.text.slice(place.at, place.at + 10))?.[0]
  const start = lead && readDay({ ...place, at: place.at + lead.length }, today)
  if (start) return { ...start, token: { kind: 'startOn', value: start.value }, isMarked: false }
  const time = readTime(place)
  // "at 3" may begin "at 3 shops".
  const isMarked = startsWith(/^(?:at|by) \d+(?:[ap]m\b| [ap]m\b|:)/)
  return time && { ...time, token: { kind: 'dueTime', value: time.value }, isMarked }
}
