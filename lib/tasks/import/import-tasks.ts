import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/actor.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { newId } from '#lib/uuid.ts'
import { QUOTAS, type QuotaExceeded } from '../errors.ts'
import type { Batch } from '../journal/save-changes.ts'
import { type TaskWriter, type Written, writeTasks } from '../journal/write-tasks.ts'
import { foldName } from '../lists/fold-name.ts'
import { NO_REPEAT, type RepeatFields } from '../repeat/repeat.ts'
import { findOrAddLists } from '../steps/find-or-add-lists.ts'
import { takeFirstPlace } from '../steps/place-task.ts'
import type { StoredTask } from '../task.ts'
import type { ImportedList, ImportedTask, ReadFile } from './imported-task.ts'

/** Ids of one millisecond keep their order up to 4,096. */
const IDS_PER_MS = 4_000

type ImportOptions<E> = {
  now: Date
  batchId?: string
  begin?: (writer: TaskWriter) => Promise<Result<unknown, E>>
}

/** How much an import added. */
export type Imported = { tasks: number; lists: number }

/**
 * Adds the tasks of a file and the lists that they need, as one batch. Nothing in the file refers to rows that exist
 * (docs/decisions/0063-import.md).
 * @param begin runs first in the same transaction
 * @returns `QUOTA_EXCEEDED`, or what `begin` refuses, and nothing is added
 */
export async function importTasks<E = never>(
  actor: Actor,
  { tasks, lists }: Pick<ReadFile, 'tasks' | 'lists'>,
  { now, batchId, begin }: ImportOptions<E>,
): Promise<Written<Imported, E | QuotaExceeded>> {
  const names = [...new Set([...lists.map(({ name }) => name), ...tasks.flatMap(({ list }) => list ?? [])])]
  const open = tasks.filter(({ completedAt }) => completedAt === null)
  if (new Set(names.map(foldName)).size > QUOTAS.lists) return err({ code: 'QUOTA_EXCEEDED', quota: 'lists' })
  if (open.length > QUOTAS.open_tasks) return err({ code: 'QUOTA_EXCEEDED', quota: 'open_tasks' })
  const ids = makeIds(tasks, now)
  const series = new Map<string, Series>()
  return writeTasks<Imported, E>(actor, { now, batchId }, async (writer) => {
    const begun = await begin?.(writer)
    if (begun && !begun.ok) return begun
    const listIds = await findOrAddLists(writer, names)
    const added = archiveNewLists(writer, { lists, listIds })
    const rows = fromLastPlace(tasks).map((task) => {
      const id = ids.get(task) ?? newId(now)
      const listId = (task.list !== null && listIds.get(task.list)) || null
      return toRow(task, { id, listId, ...repeatOf(task, series) }, writer.batch)
    })
    // The journal names the first ones.
    for (const row of rows.reverse()) writer.tasks.add(row)
    return ok({ tasks: tasks.length, lists: added })
  })
}

/** Lists that are new here are archived as in the file. @returns how many are new */
function archiveNewLists(
  { lists: rows }: TaskWriter,
  { lists, listIds }: { lists: ImportedList[]; listIds: Map<string, string> },
): number {
  const isNew = (id: string | undefined) => rows.differences.get(id ?? '')?.before === null
  for (const { name, archivedAt } of lists) {
    const id = listIds.get(name)
    const row = rows.differences.get(id ?? '')?.after
    if (row && archivedAt && isNew(id)) rows.change(row, { archivedAt })
  }
  return [...rows.differences.keys()].filter(isNew).length
}

/** A file has its newest task first. */
function makeIds(tasks: ImportedTask[], now: Date): Map<ImportedTask, string> {
  const ids = new Map<ImportedTask, string>()
  const timeOf = ({ createdAt }: ImportedTask) => (createdAt ?? now).getTime()
  let [ms, count] = [0, 0]
  for (const task of tasks.toReversed().sort((a, b) => timeOf(a) - timeOf(b))) {
    if (timeOf(task) > ms) [ms, count] = [timeOf(task), 0]
    else if (++count === IDS_PER_MS) [ms, count] = [ms + 1, 0]
    ids.set(task, newId(new Date(ms)))
  }
  return ids
}

/** The last task of a list first, because each new task comes before all others. */
function fromLastPlace(tasks: ImportedTask[]): ImportedTask[] {
  const isPlaced = tasks.every(({ position }) => position !== null)
  const place = ({ position }: ImportedTask) => position ?? ''
  if (!isPlaced) return tasks.toReversed()
  // Of two with the same position, the newer one comes later.
  return tasks.toSorted((a, b) => (place(a) < place(b) ? 1 : place(a) > place(b) ? -1 : 0))
}

type Series = { id: string; hasOpen: boolean }

/** One task of a series is open; others do not repeat. */
function repeatOf(
  { repeat, repeatAnchor, dueOn, completedAt, series: key }: ImportedTask,
  known: Map<string, Series>,
): RepeatFields {
  if (!repeat) return NO_REPEAT
  const series = known.get(key ?? '') ?? { id: randomUUID(), hasOpen: false }
  if (key !== null) known.set(key, series)
  if (completedAt === null && series.hasOpen) return NO_REPEAT
  series.hasOpen ||= completedAt === null
  const { rule, from } = repeat
  return { repeatRule: rule, repeatFrom: from, repeatAnchor: repeatAnchor ?? dueOn, seriesId: series.id }
}

function toRow(
  { list: _, repeat: __, series: ___, ...fields }: ImportedTask,
  set: RepeatFields & { id: string; listId: string | null },
  batch: Batch,
): StoredTask {
  const { userId, now } = batch
  const position = takeFirstPlace(batch)
  const createdAt = fields.createdAt ?? now
  return { ...fields, ...set, userId, position, createdAt, updatedAt: now, deletedAt: null, version: 1 }
}
