import { isVisible } from '#lib/visible-text.ts'

/** Each of them opens, and the next one closes, as typed in any language. */
export const QUOTES = '"“”„«»'

/** A longer word is no date and no time. */
const KEY_MAX_LENGTH = 60

export type Word = {
  start: number
  end: number
  text: string
  /** In lower case, to match with patterns. Words that can never be part of a date have a key that no pattern matches. */
  key: string
}

const WORD = new RegExp(`(?:[^\\s${QUOTES}]+|[${QUOTES}][^${QUOTES}]*[${QUOTES}]|[${QUOTES}])+`, 'gu')
/** "tom" is short for tomorrow, "Tom" is a name. "ev" is short for every, "EV" is a car. */
const NAME_OR_QUOTE = new RegExp(`^Tom[,;:.]?$|^EV$|[${QUOTES}]`)

/** The words of a line. Quoted text is part of one word, with its spaces. A quotation mark without a second one is a character. */
export function splitWords(line: string): Word[] {
  return [...line.matchAll(WORD)].map(({ 0: text, index }) => {
    const isRead = text.length <= KEY_MAX_LENGTH && !NAME_OR_QUOTE.test(text)
    return { start: index, end: index + text.length, text, key: isRead ? text.toLowerCase() : '"' }
  })
}

/** The lines that have visible text. */
export function splitLines(text: string): string[] {
  return text
    .split(/[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter(isVisible)
}
