import { newId } from '#lib/uuid.ts'
import { addDays, dayNumber } from '../day.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import type { StoredTask } from '../task.ts'
import { dayOfAccount } from './day-of-account.ts'
import { nextTurn } from './next-turn.ts'
import { NO_REPEAT } from './repeat.ts'

type Step = { before: StoredTask; after: StoredTask }

/** A task after a change, and the task that follows it in its series. */
type Continued = { task: StoredTask; nextTaskId?: string }

/**
 * Continues a series after a change of one of its tasks. Completing a task makes its successor. Reopening one deletes the
 * successor if it is untouched; otherwise the reopened task repeats no longer.
 */
export async function continueSeries(writer: TaskWriter, { before, after }: Step): Promise<Continued> {
  if (after.repeatRule === null) return { task: after }
  if (before.completedAt === null && after.completedAt !== null) {
    const next = await makeSuccessor(writer, after)
    if (!next) return { task: after }
    writer.tasks.add(next)
    return { task: after, nextTaskId: next.id }
  }
  if (before.completedAt === null) return { task: after }
  const other = await findOpen(writer, after)
  // Both times are those of the batch that completed the task.
  const isSuccessor = other?.createdAt.getTime() === before.completedAt.getTime()
  if (after.completedAt !== null)
    return { task: after, ...(other && isSuccessor && { nextTaskId: other.id }) }
  if (other && isSuccessor && other.version === 1) writer.tasks.change(other, { deletedAt: writer.batch.now })
  return { task: await leaveTakenSeries(writer, after) }
}

async function makeSuccessor(writer: TaskWriter, task: StoredTask): Promise<StoredTask | null> {
  const { repeatRule: rule, repeatFrom: from, repeatAnchor: anchor, dueOn, startOn } = task
  if (rule === null || from === null || anchor === null || dueOn === null) return null
  const next = nextTurn({ rule, from, anchor, dueOn }, await dayOfAccount(writer))
  if (!next) return null
  const { now } = writer.batch
  return {
    ...task,
    id: newId(now),
    dueOn: next.dueOn,
    startOn: startOn && addDays(next.dueOn, dayNumber(startOn) - dayNumber(dueOn)),
    repeatRule: next.rule,
    repeatAnchor: next.anchor,
    completedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
}

/** Of a series, one task is open. Others that a verb reopens or restores repeat no longer. */
export async function keepOneOpen(writer: TaskWriter): Promise<void> {
  const opened = [...writer.tasks.differences.values()].flatMap(({ before, after }) => {
    const wasOpen = before !== null && before.seriesId === after.seriesId && isOpenInSeries(before)
    return isOpenInSeries(after) && !wasOpen ? [after] : []
  })
  if (opened.length === 0) return
  const open = new Map<string | null, InSeries[]>()
  for (const row of await readOpen(writer, opened)) {
    const others = open.get(row.seriesId)
    if (others) others.push(row)
    else open.set(row.seriesId, [row])
  }
  for (const task of opened) {
    const others = (open.get(task.seriesId) ?? []).filter((other) => isOther(other, task))
    if (others.length === 0) continue
    writer.tasks.change(task, NO_REPEAT)
    open.set(task.seriesId, others)
  }
}

export function isOpenInSeries({ seriesId, completedAt, deletedAt }: StoredTask): boolean {
  return seriesId !== null && completedAt === null && deletedAt === null
}

async function leaveTakenSeries(writer: TaskWriter, task: StoredTask): Promise<StoredTask> {
  return (await findOpen(writer, task)) ? writer.tasks.change(task, NO_REPEAT) : task
}

type InSeries = Pick<StoredTask, 'id' | 'seriesId'>

/** Another open task of the series. */
async function findOpen(writer: TaskWriter, task: StoredTask): Promise<StoredTask | null> {
  const other = (await readOpen(writer, [task])).find((other) => isOther(other, task))
  return other ? writer.tasks.find(other.id) : null
}

function isOther(other: InSeries, task: InSeries): boolean {
  return other.id !== task.id && other.seriesId === task.seriesId
}

/** The open tasks of the series of these tasks, as the batch leaves them. */
async function readOpen({ tasks, tx, batch }: TaskWriter, of: InSeries[]): Promise<InSeries[]> {
  const pending = [...tasks.differences.values()].map(({ after }) => after)
  const stored = await tx.$queryRaw<InSeries[]>`
    SELECT id, series_id AS "seriesId" FROM tasks
    WHERE user_id = ${batch.userId}::uuid AND series_id = ANY(${of.map(({ seriesId }) => seriesId)}::uuid[])
      AND completed_at IS NULL AND deleted_at IS NULL AND id <> ALL(${pending.map(({ id }) => id)}::uuid[])`
  return [...stored, ...pending.filter(isOpenInSeries)]
}
