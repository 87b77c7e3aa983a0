import { csvTextLine } from '#lib/audit/words/csv-line.ts'
import { joinLabels } from '#lib/tasks/label-list.ts'
import type { ExportedTask } from './open-task-export.ts'

const COLUMNS = [
  'title',
  'description',
  'list',
  'due_on',
  'due_time',
  'due_zone',
  'start_on',
  'priority',
  'labels',
  'repeat',
  'repeat_from',
  'repeat_anchor',
  'is_completed',
  'completed_at',
  'created_at',
  'updated_at',
  'position',
  'list_id',
  'series_id',
  'version',
  'id',
] as const

/** A CSV file, in parts of one page. */
export async function* toCsv(pages: AsyncIterable<ExportedTask[]>): AsyncGenerator<string> {
  yield csvTextLine(COLUMNS)
  for await (const tasks of pages) yield tasks.map((task) => csvTextLine(cellsOf(task))).join('')
}

function cellsOf({ repeat, labels, ...task }: ExportedTask): (string | null)[] {
  const cells: Record<(typeof COLUMNS)[number], unknown> = {
    ...task,
    labels: joinLabels(labels),
    repeat: repeat?.rule,
    repeat_from: repeat?.from,
  }
  return COLUMNS.map((column) => toCell(cells[column]))
}

function toCell(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return value instanceof Date ? value.toISOString() : String(value)
}
