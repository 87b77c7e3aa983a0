import { z } from 'zod'
import './jitless-zod.ts'
import { presentName } from './time-zone-names.ts'
import { isVisible } from './visible-text.ts'

/** Counts code points: "é" and "😀" are one each. */
export function countCharacters(text: string): number {
  return [...text].length
}

export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** A text that no reader can see is empty. @param maxLength in code points */
export function plainText(maxLength: number) {
  // No code point has more than two units. A file may have a text of 10 MB.
  const isFarTooLong = (text: string) => text.length > 2 * maxLength
  return z
    .string('must be text')
    .trim()
    .overwrite((text) => (isFarTooLong(text) || isVisible(text) ? text : ''))
    .refine(isStorable, 'must not contain broken characters')
    .refine(
      (text) => !isFarTooLong(text) && countCharacters(text) <= maxLength,
      `must be at most ${maxLength} characters long`,
    )
}

/** IANA's present name of a time zone, or null for no choice. Offsets such as `+01:00` are no zones. */
export const timeZoneSchema = z.string('must be text').transform((text, context) => {
  if (text === '') return null
  try {
    if (/^[A-Za-z]/.test(text))
      return presentName(new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone)
  } catch {}
  context.addIssue('must be a time zone such as Europe/Berlin')
  return z.NEVER
})
