import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { parse } from 'csv-parse'
import type { RowProblem } from './imported-task.ts'

/** Between two parts, other requests have their turn. */
const PART_BYTES = 16 * 1024
/** Twice what the longest field has. A longer cell is too long for any, so the rest of it is not read. */
const CELL_LENGTH = 20_000
const SEPARATORS = [',', ';', '\t']

export type CsvRow = {
  line: number
  /** The cell of a column, whose name is in lower case; empty if the row or the file lacks it. */
  cell: (column: string) => string
}

export type CsvFile = {
  /** As the file spells them, by their names in lower case. */
  columns: Map<string, string>
  rows: AsyncGenerator<CsvRow | RowProblem>
}

type Entry = { record: string[]; info: { lines: number } }

/** A CSV file (RFC 4180), also with semicolons or tabs. Its rows are read one by one, empty ones are left out. */
export async function openCsv({ text, bytes }: { text: string; bytes: Uint8Array }): Promise<CsvFile> {
  const entries = readEntries(bytes, separatorOf(text))
  const first = await entries.next()
  const names = first.done || 'issue' in first.value ? [] : first.value.record.map((name) => name.trim())
  const columns = new Map(names.map((name) => [name.toLowerCase(), name]))
  const order = new Map(names.map((name, index) => [name.toLowerCase(), index]))
  return { columns, rows: toRows(entries, { order, width: names.length }) }
}

/** The most frequent one of the first line. */
function separatorOf(text: string): string {
  const [line = ''] = text.trimStart().split(/\r|\n/, 1)
  const count = (separator: string) => line.split(separator).length
  return SEPARATORS.reduce((best, other) => (count(other) > count(best) ? other : best))
}

async function* toRows(
  entries: ReturnType<typeof readEntries>,
  { order, width }: { order: Map<string, number>; width: number },
): CsvFile['rows'] {
  for await (const entry of entries) {
    if ('issue' in entry) {
      yield entry
      continue
    }
    const { record, line } = entry
    if (record.every((cell) => cell.trim() === '')) continue
    const surplus = record.slice(width).findIndex((cell) => cell.trim() !== '')
    if (surplus >= 0) {
      yield { row: line, column: `cell ${width + surplus + 1}`, issue: 'is in no column of the first line' }
    } else {
      yield { line, cell: (column) => cut(record[order.get(column) ?? width] ?? '') }
    }
  }
}

function cut(cell: string): string {
  if (cell.length <= CELL_LENGTH) return cell
  const text = cell.trim()
  return text.length <= CELL_LENGTH ? text : `${text.slice(0, CELL_LENGTH)}…`
}

/** The records with the lines on which they begin. An unclosed quotation mark takes the rest of the file. */
async function* readEntries(
  bytes: Uint8Array,
  delimiter: string,
): AsyncGenerator<{ record: string[]; line: number } | RowProblem> {
  let isUnclosed = false
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_skip: () => {
      isUnclosed = true
    },
  })
  let lines = 0
  for await (const { record, info } of Readable.from(partsOf(bytes)).pipe(parser) as AsyncIterable<Entry>) {
    yield { record, line: lines + 1 }
    lines = info.lines
  }
  if (isUnclosed) yield { row: lines + 1, column: 'line', issue: 'has a quotation mark that is never closed' }
}

async function* partsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    yield bytes.subarray(at, at + PART_BYTES)
    // A stream reads on within the same turn.
    await setImmediate()
  }
}
