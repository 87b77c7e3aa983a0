import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/actor.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { type SqlTx, sqlTransaction } from '#lib/db/sql-transaction.ts'
import { err, type Result } from '#lib/result.ts'
import { QUOTAS, type QuotaExceeded } from '../errors.ts'
import { STORED_LIST_COLUMNS, type StoredList } from '../lists/list.ts'
import { keepOneOpen } from '../repeat/series.ts'
import { STORED_COLUMNS, type StoredTask, selectList } from '../task.ts'
import type { Difference } from './change.ts'
import { lockCounter } from './lock-counter.ts'
import { type PendingRows, pendingRows } from './pending-rows.ts'
import { type Batch, IdTaken, saveChanges } from './save-changes.ts'

/** What a verb changes. Tasks and lists are written after the verb has succeeded. */
export type TaskWriter = {
  tasks: PendingRows<StoredTask>
  lists: PendingRows<StoredList>
  tx: SqlTx
  /** For a statement that changes many tasks and records that itself: it adds the number of changes to `seq`. */
  batch: Batch
}

/** The result of a verb, and the batch that undoes it; null if nothing differs. */
export type Written<T, E> = { ok: true; value: T; batchId: string | null } | { ok: false; error: E }

export const TASK = Prisma.raw(selectList(STORED_COLUMNS))
export const LIST = Prisma.raw(selectList(STORED_LIST_COLUMNS))

/**
 * Runs a verb that changes tasks or lists, and records the changes as one batch in the same transaction. Writes of one
 * account run one after the other: what the verb finds, no other request changes
 * (docs/decisions/0052-a-journal-of-changes.md).
 * @param undoes the batch that this one undoes
 * @param batchId an id that the caller has chosen for the batch
 * @param verb runs again if another account has taken the id of a new task in the meantime
 * @returns the verb's result; `QUOTA_EXCEEDED`, and nothing is written
 */
export async function writeTasks<T, E>(
  { userId }: Actor,
  { now, undoes = null, batchId = randomUUID() }: BatchOptions,
  verb: Verb<T, E>,
): Promise<Written<T, E | QuotaExceeded>> {
  const write = () => writeOnce({ userId, batchId, now, undoes }, verb)
  return write().catch((error) => {
    if (error instanceof IdTaken) return write()
    throw error
  })
}

type BatchOptions = { now: Date; undoes?: string | null; batchId?: string | undefined }

type Verb<T, E> = (writer: TaskWriter) => Promise<Result<T, E>>

function writeOnce<T, E>(
  { userId, batchId, now, undoes }: Pick<Batch, 'userId' | 'batchId' | 'now' | 'undoes'>,
  verb: Verb<T, E>,
): Promise<Written<T, E | QuotaExceeded>> {
  const write = async (tx: SqlTx): Promise<Written<T, E | QuotaExceeded>> => {
    const { seq, openTasks, places } = await lockCounter(tx, userId)
    const batch: Batch = { userId, batchId, undoes, seq, opened: 0, places, now }
    const tasks = pendingRows<StoredTask>(
      (ids) =>
        tx.$queryRaw`SELECT ${TASK} FROM tasks WHERE id = ANY(${ids}::uuid[]) AND user_id = ${userId}::uuid`,
      now,
    )
    const lists = pendingRows<StoredList>(
      (ids) =>
        tx.$queryRaw`SELECT ${LIST} FROM task_lists WHERE id = ANY(${ids}::uuid[]) AND user_id = ${userId}::uuid`,
      now,
    )
    const writer: TaskWriter = { tasks, lists, tx, batch }
    const result = await verb(writer)
    if (result.ok) await keepOneOpen(writer)
    const isChanged = tasks.differences.size + lists.differences.size > 0 || batch.seq > seq
    if (!result.ok) return result
    if (!isChanged) return { ...result, batchId: null }
    batch.opened = countAdded(tasks, isOpen)
    if (batch.opened > 0 && openTasks + batch.opened > QUOTAS.open_tasks) {
      return err({ code: 'QUOTA_EXCEEDED', quota: 'open_tasks' })
    }
    const addedLists = countAdded(lists, ({ deletedAt }) => deletedAt === null)
    if (addedLists > 0 && (await countLists(tx, userId)) + addedLists > QUOTAS.lists) {
      return err({ code: 'QUOTA_EXCEEDED', quota: 'lists' })
    }
    await saveChanges(tx, { tasks, lists }, batch)
    return { ...result, batchId: batch.batchId }
  }
  return sqlTransaction(write, ({ ok }) => !ok)
}

function countAdded<Row extends StoredTask | StoredList>(
  { differences }: PendingRows<Row>,
  counts: (row: Row) => boolean,
): number {
  const added = ({ before, after }: Difference<Row>) =>
    Number(counts(after)) - Number(!!before && counts(before))
  return [...differences.values()].reduce((sum, difference) => sum + added(difference), 0)
}

async function countLists(tx: SqlTx, userId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM task_lists WHERE user_id = ${userId}::uuid AND deleted_at IS NULL`
  return row?.count ?? 0
}

function isOpen({ completedAt, deletedAt }: StoredTask): boolean {
  return completedAt === null && deletedAt === null
}
