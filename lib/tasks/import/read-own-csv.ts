import { readCsvText } from '#lib/audit/words/csv-line.ts'
import type { Result } from '#lib/result.ts'
import { splitLabels } from '../label-list.ts'
import { readFileTask } from './file-task.ts'
import type { ImportedTask, Reading, RowProblem } from './imported-task.ts'
import type { CsvRow } from './open-csv.ts'

const TEXTS = ['title', 'description', 'list', 'due_on', 'due_time', 'due_zone', 'start_on']
const HIDDEN = ['completed_at', 'created_at', 'repeat_anchor', 'series_id', 'position']

/** Columns whose cells are parts of one field. */
const COLUMN_OF: Record<string, string> = { 'repeat.rule': 'repeat', 'repeat.from': 'repeat_from' }

/** Reads a row of our own CSV (lib/http/task-export/tasks-csv.ts). Only the title is required. @returns the first invalid cell */
export function readOwnRow(
  { cell }: CsvRow,
  reading: Reading,
): Result<ImportedTask, Pick<RowProblem, 'column' | 'issue'>> {
  const text = (column: string) => readCsvText(cell(column)) || null
  const texts = Object.fromEntries([...TEXTS, ...HIDDEN].map((column) => [column, text(column)]))
  const rule = text('repeat')
  const read = readFileTask(
    {
      ...texts,
      title: texts.title ?? '',
      priority: toNumber(text('priority')),
      labels: splitLabels(text('labels') ?? ''),
      repeat: rule === null ? null : { rule, from: text('repeat_from') ?? undefined },
      is_completed: toBoolean(text('is_completed')),
    },
    reading,
  )
  if (read.ok) return read
  const { column, issue } = read.error
  return { ok: false, error: { column: COLUMN_OF[column] ?? column.replace(/\..*/, ''), issue } }
}

function toNumber(text: string | null): unknown {
  if (text === null) return undefined
  return /^\d$/.test(text.trim()) ? Number(text) : text
}

function toBoolean(text: string | null): unknown {
  const name = text?.trim().toLowerCase()
  return name === 'true' ? true : name === 'false' ? false : text
}
