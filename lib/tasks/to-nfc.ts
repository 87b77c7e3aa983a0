/**
 * Unicode’s form NFC, which makes two spellings of a text one. It takes quadratic time for thousands of accents on one
 * letter, so a text that is too long in any form stays as it is. @param maxLength in code points
 */
export function toNfc(text: string, maxLength: number): string {
  // Other forms write a character in at most four code points, of two units each.
  return text.length > 8 * maxLength ? text : text.normalize('NFC')
}
