/** By their first three letters, from Monday on. */
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

// Sources of patterns: what a user may write for it, in lower case.
export const WEEKDAY =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
export const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'

/** 0 is Monday. */
export function weekdayNamed(name: string): number {
  return WEEKDAYS.indexOf(name.slice(0, 3))
}

/** 1 is January. */
export function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3)) + 1
}

export function toDate(year: number, month: number, date: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

export type Groups = Record<string, string | undefined>

/** Where to read: words in lower case, with a space between them, and the place of the first one. */
export type Place = { text: string; at: number }

/** Makes a pattern of whole words, perhaps with a punctuation mark after them. */
export function phrase(source: string): RegExp {
  return new RegExp(`(?:${source})[,;:.]?(?= |$)`, 'y')
}

/** The first form that matches, and where it ends. */
export function matchForm<Meaning>(
  forms: readonly [RegExp, Meaning][],
  { text, at }: Place,
): { meaning: Meaning; groups: Groups; end: number } | null {
  for (const [pattern, meaning] of forms) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) return { meaning, groups: match.groups ?? {}, end: pattern.lastIndex }
  }
  return null
}
