import { type MatchExtended, ZxcvbnFactory, type ZxcvbnResult } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
// The package's last names and words of Wikipedia would double the download.
import englishWords from '@zxcvbn-ts/language-en/src/commonWords.json' with { type: 'json' }
import firstNames from '@zxcvbn-ts/language-en/src/firstnames.json' with { type: 'json' }
import { PASSWORD_MIN_GUESSES, PASSWORD_STRONG_GUESSES } from '#lib/auth/policy.ts'
import { isCommonPassword } from './blocklist.ts'
import { CALENDAR_WORDS } from './calendar-words.ts'
import { foldText, listOwnerWords, type PasswordOwner } from './owner-words.ts'
import { listKeyboardWords, listVariants, type Variant } from './variants.ts'
import type { Weakness } from './weakness.ts'

export type Strength = { guesses: number; weakness: Weakness | null }

type Basis = Exclude<Weakness, 'listed'>

/** zxcvbn's time grows with the square of the length, and its numbers overflow at about 78 characters. */
const WINDOW = 72
// zxcvbn keeps words as keys of plain objects, so it finds this word even if no list contains it.
const OBJECT_KEY = 'constructor'
/** zxcvbn's own table gives some texts so many substitutions that its limit cuts off the useful ones. */
const LEET = {
  a: ['4', '@'],
  b: ['8'],
  c: ['(', '{', '[', '<'],
  e: ['3'],
  g: ['6', '9', '&'],
  h: ['#'],
  i: ['1', '!'],
  l: ['1', '|'],
  o: ['0'],
  s: ['$', '5'],
  t: ['7', '+'],
  x: ['%'],
  z: ['2'],
}

const words = {
  ...dictionary,
  englishWords,
  firstNames,
  product: ['taskward', 'drawksat'],
  calendar: CALENDAR_WORDS,
  keyboard: listKeyboardWords(),
}
const zxcvbn = new ZxcvbnFactory({
  dictionary: Object.fromEntries(Object.entries(words).map(([name, list]) => [name, [...list, OBJECT_KEY]])),
  graphs: adjacencyGraphs,
  l33tTable: LEET,
  l33tMaxSubstitutions: 16,
  maxLength: WINDOW,
})

/** Takes 5 to 150 ms. Of a long password, the better of its first and last 72 characters counts. */
export function estimateStrength(password: string, owner: PasswordOwner): Strength {
  if (isCommonPassword(password)) return { guesses: 1, weakness: 'listed' }
  const ownerWords = [...listOwnerWords(owner), OBJECT_KEY]
  const estimates = listVariants(foldText(password)).map((variant) => estimate(variant, ownerWords))
  const { guesses, basis } = estimates.reduce((least, other) =>
    other.guesses < least.guesses ? other : least,
  )
  return { guesses, weakness: guesses < PASSWORD_MIN_GUESSES ? basis : null }
}

function estimate({ text, multiplier, pattern }: Variant, ownerWords: string[]) {
  let best = zxcvbn.check(text, ownerWords)
  if (text.length > WINDOW && guessesOf(best) < PASSWORD_STRONG_GUESSES) {
    const last = zxcvbn.check(text.slice(-WINDOW), ownerWords)
    if (guessesOf(last) > guessesOf(best)) best = last
  }
  return { guesses: guessesOf(best) * multiplier, basis: basisOf(best.sequence, pattern) }
}

/** Drops zxcvbn's minimum of 10,000^(n-1) guesses for n pieces, which ignores how common the pieces are. */
function guessesOf({ guesses, sequence }: ZxcvbnResult): number {
  return Math.min(
    guesses,
    sequence.reduce((product, match, i) => product * (i + 1) * Number(match.guesses), 1),
  )
}

const DICTIONARY_BASES: Record<string, Basis> = {
  userInputs: 'owner',
  product: 'product',
  calendar: 'calendar',
  keyboard: 'keyboard',
}
const PATTERN_BASES: Record<string, Basis> = {
  dictionary: 'common_word',
  repeat: 'repetition',
  spatial: 'keyboard',
  sequence: 'sequence',
  regex: 'date',
  date: 'date',
}
const BASES: Basis[] = [
  'owner',
  'product',
  'calendar',
  'repetition',
  'keyboard',
  'sequence',
  'common_word',
  'date',
]

function basisOf(matches: MatchExtended[], pattern: Variant['pattern']): Basis {
  const found = new Set(matches.map(basisOfMatch))
  if (pattern) found.add(pattern)
  return BASES.find((basis) => found.has(basis)) ?? 'short_pattern'
}

function basisOfMatch({ pattern, dictionaryName, matchedWord }: MatchExtended): Basis | undefined {
  if (matchedWord === OBJECT_KEY) return 'common_word'
  return DICTIONARY_BASES[dictionaryName] ?? PATTERN_BASES[pattern]
}
