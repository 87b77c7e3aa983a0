type Pattern = 'repetition' | 'keyboard' | 'sequence'

/** A text that a guesser could start from, and how many passwords are made of it in the same way. */
export type Reading = { text: string; variants: number; pattern: Pattern | null }

const EDGES = /^[\s!"'*,\-.:;=?_~]{1,3}|[\s!-/:-@[-`{-~]{1,3}$/g
const SEPARATORS = /[\s!"#&'*+,\-./:;=?\\_|~]/g
/** Neither all capitals nor capitals at the beginnings of words alone. */
const ODD_CAPITALS = /\p{Ll}.*\p{L}\p{Lu}|\p{L}\p{Lu}.*\p{Ll}/su
const LONG_RUN = /(.)\1{2,}/gsu

/** Rows of keys, top down: US, German, French and Russian. What US keyboards type with shift follows its row. */
const KEYBOARDS = [
  [
    '1234567890-=|!@#$%^&*()-+',
    'qwertyuiop[]|qwertyuiop{}',
    `asdfghjkl;'|asdfghjkl:"`,
    'zxcvbnm,./|zxcvbnm<>?',
  ],
  ['1234567890', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
  ['1234567890', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  ['1234567890', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
]
const keyPlaces = KEYBOARDS.map((rows) => new Map(rows.flatMap(placesOf)))

/** Row and column of each key as one number, in which every step from key to key has a difference of its own. */
function placesOf(row: string, y: number): [string, number][] {
  return row.split('|').flatMap((keys) => [...keys].map((key, x): [string, number] => [key, y * 100 + x]))
}

/** The beginnings of rows of letters, as words. */
export function keyboardWords(): string[] {
  const rows = KEYBOARDS.flat().filter((row) => /^\p{L}+$/u.test(row))
  return rows.flatMap((row) => Array.from({ length: row.length - 3 }, (_, i) => row.slice(0, i + 4)))
}

/**
 * The text, and the simpler ones inside it: without separators, symbols at its ends and the usual capital, and of what
 * is repeated, moved along the keyboard or counted up only the unit. zxcvbn takes each piece for an independent choice.
 */
export function listVariants(text: string): Reading[] {
  return [{ text, variants: 1, pattern: null }, readBare(text)].flatMap(withUnits)
}

/** A reading, what it repeats, what that repeats … */
function withUnits(reading: Reading | null): Reading[] {
  return reading ? [reading, ...withUnits(readUnit(reading))] : []
}

function readBare(text: string): Reading | null {
  const letters = text.replace(EDGES, '').replace(SEPARATORS, '')
  const bare = ODD_CAPITALS.test(text) ? letters : letters.toLowerCase()
  if (bare === '' || bare === text) return null
  const symbols = new Set([...text].filter((character) => !letters.includes(character))).size
  // 10 is zxcvbn's price of a character. Whoever adds a second symbol picks it from few.
  const added = symbols === 0 ? 1 : 10 * 4 ** (symbols - 1)
  return { text: bare, variants: bare === letters ? added : 2 * added, pattern: null }
}

/** What is repeated: a unit that makes up the whole text, or else the character of each run. Null where nothing is. */
function readUnit({ text, variants }: Reading): Reading | null {
  const lower = text.toLowerCase()
  for (let length = 1; length <= text.length / 2; length++) {
    const pattern = patternOf(lower, length)
    if (pattern) return { text: text.slice(0, length), variants: (variants * text.length) / length, pattern }
  }
  let runs = 1
  const short = text.replace(LONG_RUN, (run, character: string) => {
    runs *= run.length / character.length
    return character
  })
  return short === text ? null : { text: short, variants: variants * runs, pattern: 'repetition' }
}

/** How the first characters, so many of them, make up all of the text. */
function patternOf(text: string, length: number): Pattern | null {
  if (text.slice(length) === text.slice(0, -length)) return 'repetition'
  if (keyPlaces.some((places) => isMoved(text, length, places))) return 'keyboard'
  return isCounted(text, length) ? 'sequence' : null
}

/** `1qaz2wsx3edc`: every key lies the same way from the one a unit before. */
function isMoved(text: string, length: number, places: Map<string, number>): boolean {
  const stepAt = (i: number) =>
    (places.get(text.charAt(i)) ?? Number.NaN) - (places.get(text.charAt(i - length)) ?? Number.NaN)
  // One or two equal steps are chance.
  if (text.length - length < 3) return false
  const first = stepAt(length)
  for (let i = length; i < text.length; i++) if (stepAt(i) !== first) return false
  return true
}

/** `a1b2c3d4`: every character is the one a unit before or its neighbour in the alphabet, three times or more. */
function isCounted(text: string, length: number): boolean {
  const stepAt = (i: number) => text.charCodeAt(i) - text.charCodeAt(i - length)
  for (let i = length; i < text.length; i++) {
    if (Math.abs(stepAt(i)) > 1 || stepAt(i) !== stepAt(length + (i % length))) return false
  }
  return text.length >= length * 3
}
