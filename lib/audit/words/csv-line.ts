import { toSafeText } from '../safe-text.ts'

/** What begins a formula in a spreadsheet, also in full width (OWASP, CSV injection), after characters that it may skip. */
const FORMULA = /^['\s\p{C}]*[=+\-@＝＋－＠]/u

/**
 * A line of a CSV file (RFC 4180). A cell has one line and cannot be a formula. Every cell is quoted, because a leading
 * apostrophe alone does not escape a separator (OWASP).
 */
export function csvLine(cells: readonly (string | null)[]): string {
  // Escapes control characters first, because a tab or a line end can begin a formula, too.
  return csvTextLine(cells.map((cell) => toSafeText(cell ?? '', cell?.length ?? 0)))
}

/** The same with texts as they are, for a file that is read again: a cell may have several lines. */
export function csvTextLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => `"${defuse(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`
}

function defuse(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

/** The text of a cell that `csvTextLine` has written. */
export function readCsvText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}
