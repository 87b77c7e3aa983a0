/** Cuts text of strangers to length and escapes what could act in a terminal, a log or a sheet (ASVS 16.4.1). */
export function toSafeText(text: string, maxLength: number): string {
  return text
    .toWellFormed()
    .slice(0, maxLength)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
