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

/** Trimmed text of at most `maxLength` code points that can be stored and given back as it is. May be empty. */
export function plainText(maxLength: number) {
  return z
    .string('must be text')
    .trim()
    .refine(isStorable, 'must not contain broken characters')
    .refine((text) => countCharacters(text) <= maxLength, `must be at most ${maxLength} characters long`)
}
