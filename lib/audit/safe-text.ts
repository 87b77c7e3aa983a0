/** Cuts untrusted text to length and escapes control characters for terminals, logs and spreadsheets (ASVS 16.4.1). */
export function toSafeText(text: string, maxLength: number): string {
  return text
    .toWellFormed()
    .slice(0, maxLength)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
