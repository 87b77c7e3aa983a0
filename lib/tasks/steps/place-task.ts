import { Prisma } from '#lib/db/generated/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Batch } from '../journal/save-changes.ts'
import { TASK, type TaskWriter } from '../journal/write-tasks.ts'
import { between, MAX_LENGTH, spread } from '../position.ts'
import type { StoredTask } from '../task.ts'
import type { StepRefusal } from './refusal.ts'

/** Tasks on each side that get new positions where one is too long. */
const NEIGHBOURS = 16
/** 40 bits, in hexadecimal digits. */
const LAST_PLACE = 0xff_ffff_ffff

type Place = { listId: string | null; afterId: string | null }

/** A position before all others of the account. The counter gives it without a query, and never twice. */
export function takeFirstPlace(batch: Batch): string {
  batch.places += 1
  return `${(LAST_PLACE - batch.places).toString(16).padStart(10, '0')}V`
}

/**
 * A position right after another open task of the list, or in the first place. A task that is there already keeps its own.
 * @returns the position; `TASK_NOT_FOUND` for the other task; `INVALID_PLACE` if it is in another list
 */
export async function placeTask(
  writer: TaskWriter,
  task: StoredTask,
  { listId, afterId }: Place,
): Promise<Result<string, StepRefusal>> {
  if (afterId === null) {
    const [first] = await readRows(writer, { listId, from: null, isBackward: false, count: 1 })
    return ok(first?.id === task.id ? task.position : takeFirstPlace(writer.batch))
  }
  const after = await writer.tasks.find(afterId)
  if (!after || after.deletedAt) return err({ code: 'TASK_NOT_FOUND', id: afterId, field: 'after_id' })
  if (after.listId !== listId) {
    const details = [{ field: 'after_id', issue: 'must be in the same list' }]
    return err({ code: 'INVALID_PLACE', details })
  }
  const [next] = await readRows(writer, { listId, from: after, isBackward: false, count: 1 })
  if (after.id === task.id || next?.id === task.id) return ok(task.position)
  if (next?.position !== after.position) {
    const position = between(after.position, next?.position ?? null)
    if (position.length <= MAX_LENGTH) return ok(position)
  }
  return ok(await respace(writer, task, after))
}

/** Gives the tasks around a place short positions, in the order that they have. @returns the one of the task after `after` */
async function respace(writer: TaskWriter, task: StoredTask, after: StoredTask): Promise<string> {
  for (let count = NEIGHBOURS; ; count *= 2) {
    const side = { listId: after.listId, from: after, count: count + 2 }
    const isOther = ({ id }: StoredTask) => id !== task.id
    const before = (await readRows(writer, { ...side, isBackward: true })).filter(isOther)
    const behind = (await readRows(writer, { ...side, isBackward: false })).filter(isOther)
    const low = before[count]?.position ?? takeFirstPlace(writer.batch)
    const high = behind[count]?.position ?? null
    if (low === high) continue
    const rows = [...before.slice(0, count).reverse(), after, task, ...behind.slice(0, count)]
    const positions = spread(low, high, rows.length)
    const isWhole = before.length <= count && behind.length <= count
    if (!isWhole && positions.some(({ length }) => length > MAX_LENGTH / 2)) continue
    rows.forEach((row, index) => {
      if (isOther(row)) writer.tasks.change(row, { position: positions[index] ?? row.position })
    })
    return positions[rows.indexOf(task)] ?? task.position
  }
}

type Rows = { listId: string | null; from: StoredTask | null; isBackward: boolean; count: number }

/** The open tasks of a list next to one of its places, the nearest first, as the batch leaves them. */
export async function readRows(
  { tasks, tx, batch }: TaskWriter,
  { listId, from, isBackward, count }: Rows,
): Promise<StoredTask[]> {
  const pending = [...tasks.differences.values()].map(({ after }) => after)
  const inList = listId === null ? Prisma.sql`list_id IS NULL` : Prisma.sql`list_id = ${listId}::uuid`
  const [sign, way] = isBackward
    ? [Prisma.raw('<'), Prisma.raw('DESC')]
    : [Prisma.raw('>'), Prisma.raw('ASC')]
  const isBeyond = from
    ? Prisma.sql`AND (position, id) ${sign} (${from.position}::text, ${from.id}::uuid)`
    : Prisma.empty
  // The Inbox is in the order of the index only if it is sorted by its NULL, too.
  const stored = await tx.$queryRaw<StoredTask[]>`
    SELECT ${TASK} FROM tasks
    WHERE user_id = ${batch.userId}::uuid AND ${inList} AND completed_at IS NULL AND deleted_at IS NULL ${isBeyond}
      AND id <> ALL(${pending.map(({ id }) => id)}::uuid[])
    ORDER BY list_id ${way}, position ${way}, id ${way} LIMIT ${count}::int`
  const isNear = (row: StoredTask) =>
    row.listId === listId &&
    row.completedAt === null &&
    row.deletedAt === null &&
    (!from || (isBackward ? isBefore(row, from) : isBefore(from, row)))
  const near = [...stored, ...pending.filter(isNear)].sort((a, b) => (isBefore(a, b) === isBackward ? 1 : -1))
  return near.slice(0, count)
}

function isBefore(a: StoredTask, b: StoredTask): boolean {
  return a.position === b.position ? a.id < b.id : a.position < b.position
}
