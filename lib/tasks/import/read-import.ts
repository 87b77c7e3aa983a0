import { err, ok, type Result } from '#lib/result.ts'
import { decodeFile } from './decode-file.ts'
import { type FileRefusal, IMPORT_LIMITS } from './errors.ts'
import { makeGiveWay } from './give-way.ts'
import type { ImportedTask, ReadFile, Reading, RowProblem } from './imported-task.ts'
import { type CsvFile, type CsvRow, openCsv } from './open-csv.ts'
import { readOwnRow } from './read-own-csv.ts'
import { readOwnJson } from './read-own-json.ts'
import { readTodoistRow, type TodoistPlace } from './read-todoist.ts'

/**
 * Reads a file that Todoist or this application has exported. Rows that cannot be read are left out and reported
 * (docs/decisions/0063-import.md).
 * @returns the tasks in the order of the file; why the file as a whole is none
 */
export async function readImport(file: Uint8Array, reading: Reading): Promise<Result<ReadFile, FileRefusal>> {
  const decoded = decodeFile(file)
  if (!decoded.ok) return decoded
  const { text, bytes } = decoded.value
  const isJson = /^\s*[[{]/.test(text)
  if (countBytes(bytes, isJson ? '[{' : ',;\t\r\n') > IMPORT_LIMITS.parts)
    return err({ code: 'FILE_TOO_MANY_ROWS' })
  return isJson ? readOwnJson(text, reading) : readCsv(await openCsv(decoded.value), reading)
}

function countBytes(bytes: Uint8Array, characters: string): number {
  const weights = new Uint8Array(256)
  for (const character of characters) weights[character.charCodeAt(0)] = 1
  let count = 0
  for (const byte of bytes) count += weights[byte] ?? 0
  return count
}

type ReadRow = (row: CsvRow) => Result<ImportedTask | null, Pick<RowProblem, 'column' | 'issue'>>

async function readCsv(csv: CsvFile, reading: Reading): Promise<Result<ReadFile, FileRefusal>> {
  const format = formatOf(csv)
  if (!format) return err({ code: 'FILE_UNKNOWN' })
  const place: TodoistPlace = { list: null, parents: [], task: null }
  const readRow: ReadRow =
    format === 'todoist' ? (row) => readTodoistRow(row, place, reading) : (row) => readOwnRow(row, reading)
  const file: ReadFile = { format, tasks: [], lists: [], problems: [] }
  const giveWay = makeGiveWay()
  let rows = 0
  for await (const row of csv.rows) {
    await giveWay()
    if (++rows > IMPORT_LIMITS.rows) return err({ code: 'FILE_TOO_MANY_ROWS' })
    if ('issue' in row) {
      file.problems.push(row)
      continue
    }
    const task = readRow(row)
    if (!task.ok) {
      const { column, issue } = task.error
      file.problems.push({ row: row.line, column: csv.columns.get(column) ?? column, issue })
    } else if (task.value) file.tasks.push(task.value)
  }
  return rows === 0 ? err({ code: 'FILE_WITHOUT_ROWS' }) : ok(file)
}

function formatOf({ columns }: CsvFile): 'todoist' | 'csv' | null {
  if (columns.has('type') && columns.has('content')) return 'todoist'
  return columns.has('title') ? 'csv' : null
}
