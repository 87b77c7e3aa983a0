import { err, ok, type Result } from '#lib/result.ts'
import { timeZoneSchema } from '#lib/text-schema.ts'
import { createBodySchema } from '../body-schema.ts'
import { createListSchema } from '../lists/schema.ts'
import { readMark } from '../quick/read-mark.ts'
import { splitWords } from '../quick/split-words.ts'
import { settleDay } from './file-task.ts'
import type { ImportedTask, Reading, RowProblem } from './imported-task.ts'
import type { CsvRow } from './open-csv.ts'
import { isNoDate, readTodoistDate } from './read-todoist-date.ts'

type CellProblem = Pick<RowProblem, 'column' | 'issue'>

/** What the rows so far mean for the next one. */
export type TodoistPlace = {
  /** Of the latest section; null is the Inbox. */
  list: string | null
  /** Titles of the tasks that the next one may be below, from the outermost. */
  parents: string[]
  /** The task that a note belongs to; null if it was left out. */
  task: ImportedTask | null
}

const { title: titleSchema, description: descriptionSchema, labels: labelsSchema } = createBodySchema.shape

/**
 * Reads a row of a file that Todoist exports (https://todoist.com/help/articles/format-a-csv-file-to-import-into-todoist-UVUXTmm6).
 * A section becomes a list, and a note a part of the description of its task.
 * @returns a new task; null for a row that is none; the first invalid cell
 */
export function readTodoistRow(
  { cell }: CsvRow,
  place: TodoistPlace,
  reading: Reading,
): Result<ImportedTask | null, CellProblem> {
  const type = cell('type').trim().toLowerCase()
  if (type === 'meta') return ok(null)
  if (type === 'section') return readSection(cell('content'), place)
  if (type === 'note') return readNote(cell('content'), place)
  if (type !== 'task') return err({ column: 'type', issue: 'must be task, section, note or meta' })
  const task = readTask(cell, place, reading)
  place.task = task.ok ? task.value : null
  return task
}

function readSection(content: string, place: TodoistPlace): Result<null, CellProblem> {
  const name = createListSchema.shape.name.safeParse(content)
  // A section that cannot be a list ends the one above it all the same.
  place.list = name.success ? name.data : null
  place.parents = []
  place.task = null
  return name.success ? ok(null) : problem('content', name.error)
}

function readNote(content: string, { task }: TodoistPlace): Result<null, CellProblem> {
  if (!task) return err({ column: 'type', issue: 'is a note without a task above it' })
  const description = addParagraph(task.description, content.trim())
  const parsed = descriptionSchema.safeParse(description)
  if (!parsed.success) return err({ column: 'content', issue: 'makes the description of its task too long' })
  task.description = parsed.data ?? null
  return ok(null)
}

function readTask(
  cell: CsvRow['cell'],
  place: TodoistPlace,
  reading: Reading,
): Result<ImportedTask, CellProblem> {
  const content = readContent(cell('content'))
  const title = titleSchema.safeParse(content.title)
  const parent = enterTask(place, cell('indent'), title.success ? title.data : cut(content.title))
  if (!title.success) return problem('content', title.error)
  const labels = labelsSchema.safeParse(content.labels)
  if (!labels.success) return problem('content', labels.error)
  const description = descriptionSchema.safeParse(writeDescription(cell, parent))
  if (!description.success) return problem('description', description.error)
  const priority = readPriority(cell('priority').trim())
  if (priority === null) return err({ column: 'priority', issue: 'must be 1, 2, 3 or 4' })
  const due = readDue(cell, reading)
  if (!due.ok) return due
  return ok({
    ...due.value,
    title: title.data,
    description: description.data ?? null,
    list: place.list,
    priority,
    labels: labels.data ?? [],
    repeatAnchor: due.value.repeat && due.value.dueOn,
    series: null,
    completedAt: null,
    createdAt: null,
    position: null,
  })
}

/** Labels are words of the content. Content that has nothing else is a title as a whole. */
function readContent(content: string): { title: string; labels: string[] } {
  const labels: string[] = []
  let title = ''
  let from = 0
  for (const word of splitWords(content)) {
    const mark = readMark(word)
    if (mark?.kind !== 'label') continue
    labels.push(mark.value)
    title += content.slice(from, word.start).trimEnd()
    from = word.end
  }
  title = (title + content.slice(from)).trim()
  return title === '' ? { title: content, labels: [] } : { title, labels }
}

/** Also for a task that is left out, since others may be below it. @returns the title of the task above it */
function enterTask(place: TodoistPlace, indent: string, title: string): string | undefined {
  const level = Math.max(1, Number.parseInt(indent, 10) || 1)
  const above = place.parents.slice(0, level - 1)
  place.parents = [...above, title]
  return above.at(-1)
}

/** With the task that this one is below, which Taskward has no field for. */
function writeDescription(cell: CsvRow['cell'], parent: string | undefined): string | null {
  const described = addParagraph(null, cell('description').trim())
  const deadline = isNoDate(cell('date')) ? '' : cell('deadline').trim()
  const withDeadline = deadline ? addParagraph(described, `Deadline: ${deadline}`) : described
  return parent === undefined ? withDeadline : addParagraph(withDeadline, `Part of: ${parent}`)
}

/** 4 is Todoist's priority for tasks without one. */
function readPriority(text: string): number | null {
  if (text === '') return 0
  return /^[1-4]$/.test(text) ? Number(text) % 4 : null
}

type Due = Pick<ImportedTask, 'dueOn' | 'dueTime' | 'dueZone' | 'startOn' | 'repeat'>

/** Without a date, the deadline is the day. A time in the account's zone has none, as one that a user enters. */
function readDue(cell: CsvRow['cell'], reading: Reading): Result<Due, CellProblem> {
  const column = isNoDate(cell('date')) ? 'deadline' : 'date'
  const due = readTodoistDate(cell(column), reading.today)
  if (!due) return err({ column, issue: `is not a date that we can read: “${cut(cell(column))}”` })
  const zone = due.dueTime === null ? null : readZone(cell('timezone').trim(), reading)
  if (zone === undefined)
    return err({ column: 'timezone', issue: 'must be a time zone such as Europe/Berlin' })
  const day = settleDay({ ...due, dueZone: zone }, reading)
  if (!day.ok) return err({ column, issue: day.error.issue })
  return ok({ ...due, dueZone: zone, dueOn: day.value })
}

/** @returns undefined for an unknown zone */
function readZone(name: string, { timeZone }: Reading): string | null | undefined {
  const zone = timeZoneSchema.safeParse(name)
  if (!zone.success) return undefined
  return zone.data === timeZone ? null : zone.data
}

function addParagraph(text: string | null, more: string): string | null {
  return [text, more].filter(Boolean).join('\n\n') || null
}

/** Without control characters: the database stores no NUL. */
function cut(text: string): string {
  const characters = [...text.replace(/[\p{Cc}\s]+/gu, ' ').trim()]
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : characters.join('')
}

function problem(column: string, { issues }: { issues: { message: string }[] }) {
  return err({ column, issue: issues[0]?.message ?? 'cannot be read' })
}
