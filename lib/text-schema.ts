import { z } from 'zod'

// Otherwise zod tries whether it may compile code, which the pages' Content-Security-Policy reports as a violation.
z.config({ jitless: true })

/** How long a text is for people: "é" and "😀" count as one each. */
export function countCharacters(text: string): number {
  return [...text].length
}

/** True if PostgreSQL and UTF-8 give the text back as it came: no lone surrogates, no NUL. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** Characters that show nothing: joiners, marks of direction, soft hyphens, variation selectors … */
export const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const SPACE = /[\p{White_Space}\p{Z}]/u

/** The text without the spaces and invisible characters around it, which come along when it is copied. */
export function trimInvisible(text: string): string {
  const characters = [...text]
  const isSeen = (character: string) => !INVISIBLE.test(character) && !SPACE.test(character)
  const first = characters.findIndex(isSeen)
  return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isSeen) + 1).join('')
}

/** Trimmed text of at most `maxLength` code points that can be stored and given back as it is. May be empty. */
export function plainText(maxLength: number) {
  return z
    .string('must be text')
    .trim()
    .refine(isStorable, 'must not contain broken characters')
    .refine((text) => countCharacters(text) <= maxLength, `must be at most ${maxLength} characters long`)
}
