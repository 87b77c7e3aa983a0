/** Lists, or labels, that differ in upper and lower case alone are one for quick add. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
