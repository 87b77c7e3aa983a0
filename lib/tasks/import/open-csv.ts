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

/** `bytes` is where the record ends in the file. */
type Entry = { record: string[]; info: { bytes: number } }

/** A CSV file (RFC 4180), also with semicolons or tabs. Its rows are read one by one, empty ones are left out. */
export async function openCsv({ text, bytes }: { text: string; bytes: Uint8Array }): Promise<CsvFile> {
  const entries = readEntries(bytes, separatorOf(text))
  let first = await entries.next()
  while (!first.done && 'record' in first.value && isEmpty(first.value.record)) first = await entries.next()
  const { record, line } = first.done || 'issue' in first.value ? { record: [], line: 1 } : first.value
  const columns = new Map<string, string>()
  const order = new Map<string, number>()
  const repeated: RowProblem[] = []
  for (const [index, cell] of record.entries()) {
    const column = cell.trim()
    const name = column.toLowerCase()
    if (name !== '' && columns.has(name)) {
      repeated.push({ row: line, column, issue: 'is a column for the second time, so it is not read' })
      continue
    }
    columns.set(name, column)
    order.set(name, index)
  }
  return { columns, rows: toRows(entries, { order, width: record.length, repeated }) }
}

/** The most frequent one of the first line. */
function separatorOf(text: string): string {
  const [line = ''] = text.trimStart().split(/\r|\n/, 1)
  const count = (separator: string) => line.split(separator).length
  return SEPARATORS.reduce((best, other) => (count(other) > count(best) ? other : best))
}

async function* toRows(
  entries: ReturnType<typeof readEntries>,
  { order, width, repeated }: { order: Map<string, number>; width: number; repeated: RowProblem[] },
): CsvFile['rows'] {
  yield* repeated
  for await (const entry of entries) {
    if ('issue' in entry) {
      yield entry
      continue
    }
    const { record, line } = entry
    if (isEmpty(record)) continue
    const surplus = record.slice(width).findIndex((cell) => cell.trim() !== '')
    if (surplus >= 0) {
      yield { row: line, column: `cell ${width + surplus + 1}`, issue: 'is in no column of the first line' }
    } else {
      yield { line, cell: (column) => cut(record[order.get(column) ?? width] ?? '') }
    }
  }
}

function isEmpty(record: string[]): boolean {
  return record.every((cell) => cell.trim() === '')
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
    // Files that were joined have more than one of them.
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_skip: () => {
      isUnclosed = true
    },
  })
  let [line, at] = [1, 0]
  for await (const { record, info } of Readable.from(partsOf(bytes)).pipe(parser) as AsyncIterable<Entry>) {
    yield { record, line }
    // The parser counts a line break within a cell twice if it has two characters.
    line += countLines(bytes.subarray(at, info.bytes))
    at = info.bytes
  }
  if (isUnclosed) yield { row: line, column: 'line', issue: 'has a quotation mark that is never closed' }
}

async function* partsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    yield bytes.subarray(at, at + PART_BYTES)
    // A stream reads on within the same turn.
    await setImmediate()
  }
}

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13]

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (const [index, byte] of bytes.entries()) {
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[index + 1] !== LINE_FEED)) count++
  }
  return count
}
