import type { Repeat } from '../repeat/repeat.ts'
import { readRepetition } from './read-repetition.ts'
import { splitWords } from './split-words.ts'

/** Reads a text that is a repetition as a whole, such as "every 2nd Tuesday of the month", with or without "every". */
export function readRuleInWords(text: string): Repeat | null {
  const words = splitWords(text)
    .map(({ key }) => key)
    .join(' ')
  for (const phrase of [words, `every ${words}`]) {
    const found = readRepetition({ text: phrase, at: 0 })
    if (found?.end === phrase.length) return found.value.repeat
  }
  return null
}
