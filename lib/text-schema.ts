import { z } from 'zod'

// zod would try to compile code, which the pages' Content-Security-Policy reports as a violation.
z.config({ jitless: true })

/** Counts code points: "é" and "😀" are one each. */
export function countCharacters(text: string): number {
  return [...text].length
}

export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

export const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const SPACE = /[\p{White_Space}\p{Z}]/u

/** Copied text often has spaces and invisible characters at its ends. */
export function trimInvisible(text: string): string {
  const characters = [...text]
  const isSeen = (character: string) => !INVISIBLE.test(character) && !SPACE.test(character)
  const first = characters.findIndex(isSeen)
  return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isSeen) + 1).join('')
}

/** @param maxLength in code points */
export function plainText(maxLength: number) {
  return z
    .string('must be text')
    .trim()
    .refine(isStorable, 'must not contain broken characters')
    .refine((text) => countCharacters(text) <= maxLength, `must be at most ${maxLength} characters long`)
}
