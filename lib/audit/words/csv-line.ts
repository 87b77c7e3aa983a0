import { toSafeText } from '../safe-text.ts'

/** Characters that begin a formula in a spreadsheet, also in full width (OWASP, CSV injection). */
const FORMULA = /^[=+\-@＝＋－＠]/u

/**
 * A line of a CSV file (RFC 4180). A cell has one line and cannot be a formula. Every cell is quoted, because a leading
 * apostrophe alone does not escape a separator (OWASP).
 */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => `"${defuse(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** Escapes control characters first, because a tab or a line end can begin a formula, too. */
function defuse(cell: string): string {
  const text = toSafeText(cell, cell.length)
  return FORMULA.test(text.trimStart()) ? `'${text}` : text
}
