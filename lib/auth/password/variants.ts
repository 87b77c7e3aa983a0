type Pattern = 'repetition' | 'keyboard' | 'sequence'

/** `multiplier`: how many passwords derive from the text in the same way. */
export type Variant = { text: string; multiplier: number; pattern: Pattern | null }

const EDGES = /^[\s!"'*,\-.:;=?_~]{1,3}|[\s!-/:-@[-`{-~]{1,3}$/g
const SEPARATORS = /[\s!"#&'*+,\-./:;=?\\_|~]/g
/** Capitals other than a whole word's or at the beginning of a word. */
const ODD_CAPITALS = /\p{Ll}.*\p{L}\p{Lu}|\p{L}\p{Lu}.*\p{Ll}/su
const LONG_RUN = /(.)\1{2,}/gsu

/** Rows of keys from the top: US, German, French, Russian. After `|`, the characters of a US row with shift. */
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

/** As one number per key, so that equal steps between keys are equal differences. */
function placesOf(row: string, y: number): [string, number][] {
  return row.split('|').flatMap((keys) => [...keys].map((key, x): [string, number] => [key, y * 100 + x]))
}

export function listKeyboardWords(): string[] {
  const rows = KEYBOARDS.flat().filter((row) => /^\p{L}+$/u.test(row))
  return rows.flatMap((row) => Array.from({ length: row.length - 3 }, (_, i) => row.slice(0, i + 4)))
}

/**
 * Lists the text and simpler ones that it derives from, with one unit of each repetition, keyboard shift or count.
 * zxcvbn alone would rate every piece as an independent choice (docs/decisions/0021-password-strength.md).
 */
export function listVariants(text: string): Variant[] {
  return [{ text, multiplier: 1, pattern: null }, stripDecoration(text)].flatMap(withUnits)
}

function withUnits(variant: Variant | null): Variant[] {
  return variant ? [variant, ...withUnits(findUnit(variant))] : []
}

function stripDecoration(text: string): Variant | null {
  const letters = text.replace(EDGES, '').replace(SEPARATORS, '')
  const bare = ODD_CAPITALS.test(text) ? letters : letters.toLowerCase()
  if (bare === '' || bare === text) return null
  const symbols = new Set([...text].filter((character) => !letters.includes(character))).size
  // zxcvbn rates a character at 10 guesses. Users pick a second symbol from a few.
  const added = symbols === 0 ? 1 : 10 * 4 ** (symbols - 1)
  return { text: bare, multiplier: bare === letters ? added : 2 * added, pattern: null }
}

/** Null if nothing is repeated. */
function findUnit({ text, multiplier }: Variant): Variant | null {
  const lower = text.toLowerCase()
  for (let length = 1; length <= text.length / 2; length++) {
    const pattern = patternOf(lower, length)
    if (pattern)
      return { text: text.slice(0, length), multiplier: (multiplier * text.length) / length, pattern }
  }
  let runs = 1
  const short = text.replace(LONG_RUN, (run, character: string) => {
    runs *= run.length / character.length
    return character
  })
  return short === text ? null : { text: short, multiplier: multiplier * runs, pattern: 'repetition' }
}

function patternOf(text: string, length: number): Pattern | null {
  if (text.slice(length) === text.slice(0, -length)) return 'repetition'
  if (keyPlaces.some((places) => isShifted(text, { length, places }))) return 'keyboard'
  return isCounted(text, length) ? 'sequence' : null
}

/** `1qaz2wsx3edc`: the same step leads to every key from the key one unit before. */
function isShifted(
  text: string,
  { length, places }: { length: number; places: Map<string, number> },
): boolean {
  const stepAt = (i: number) =>
    (places.get(text.charAt(i)) ?? Number.NaN) - (places.get(text.charAt(i - length)) ?? Number.NaN)
  if (text.length - length < 3) return false
  const first = stepAt(length)
  for (let i = length; i < text.length; i++) if (stepAt(i) !== first) return false
  return true
}

/** `a1b2c3d4`: every character equals the one a unit before, or follows it in the alphabet, three times or more. */
function isCounted(text: string, length: number): boolean {
  const stepAt = (i: number) => text.charCodeAt(i) - text.charCodeAt(i - length)
  for (let i = length; i < text.length; i++) {
    if (Math.abs(stepAt(i)) > 1 || stepAt(i) !== stepAt(length + (i % length))) return false
  }
  return text.length >= length * 3
}
