import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/actor.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { type SqlTx, sqlTransaction } from '#lib/db/sql-transaction.ts'
import { err, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import { QUOTAS, type QuotaExceeded } from '../errors.ts'
import { STORED_COLUMNS, type StoredTask, selectList } from '../task.ts'
import { isSame, type TaskDifference, type TaskFields } from './change.ts'
import { lockCounter } from './lock-counter.ts'
import { saveChanges } from './save-changes.ts'

type Batch = {
  now: Date
  /** The batch that this one undoes. */
  undoes?: string
}

/** What a verb changes. Nothing is written before the verb has succeeded. */
export type TaskWriter = {
  /** The actor's task, deleted or not, with what the verb has changed so far; null for any other id. */
  find(taskId: string): Promise<StoredTask | null>
  add(task: StoredTask): void
  /** @returns the task after the change; the same one, with its version, if nothing differs */
  change(task: StoredTask, fields: Partial<TaskFields & Pick<StoredTask, 'deletedAt'>>): StoredTask
}

const SELECT = Prisma.raw(selectList(STORED_COLUMNS))

/**
 * Runs a verb that changes tasks, and records the changes as one batch in the same transaction. Writes of one account
 * run one after the other: what the verb finds, no other request changes (docs/decisions/0052-a-journal-of-changes.md).
 * @returns the verb's result; `QUOTA_EXCEEDED`, and nothing is written
 */
export function writeTasks<T, E>(
  actor: Actor,
  { now, undoes }: Batch,
  verb: (writer: TaskWriter) => Promise<Result<T, E>>,
): Promise<Result<T, E | QuotaExceeded>> {
  return sqlTransaction(async (tx) => {
    const counter = await lockCounter(tx, actor.userId)
    const differences = new Map<string, TaskDifference>()
    const result = await verb(makeWriter(tx, actor, { now, differences }))
    const changes = [...differences.values()]
    if (!result.ok || changes.length === 0) return result
    const opened = changes.map(countOpened).reduce((sum, count) => sum + count, 0)
    if (opened > 0 && counter.openTasks + opened > QUOTAS.open_tasks) {
      return err({ code: 'QUOTA_EXCEEDED', quota: 'open_tasks' })
    }
    const batch = { batchId: randomUUID(), undoes: undoes ?? null, now, opened }
    await saveChanges(tx, changes, { ...batch, userId: actor.userId, seq: counter.seq })
    return result
  })
}

function makeWriter(
  tx: SqlTx,
  { userId }: Actor,
  { now, differences }: { now: Date; differences: Map<string, TaskDifference> },
): TaskWriter {
  return {
    find: async (taskId) => {
      if (!isUuid(taskId)) return null
      const changed = differences.get(taskId.toLowerCase())
      if (changed) return changed.after
      const [task] = await tx.$queryRaw<StoredTask[]>`
        SELECT ${SELECT} FROM tasks WHERE id = ${taskId}::uuid AND user_id = ${userId}::uuid`
      return task ?? null
    },
    add: (task) => void differences.set(task.id, { before: null, after: task }),
    change: (task, fields) => {
      if (isSame({ ...task, ...fields }, task)) return task
      const earlier = differences.get(task.id)
      const after = { ...task, ...fields, updatedAt: now, version: earlier ? task.version : task.version + 1 }
      differences.set(task.id, { before: earlier ? earlier.before : task, after })
      return after
    },
  }
}

function countOpened({ before, after }: TaskDifference): number {
  return Number(isOpen(after)) - Number(before !== null && isOpen(before))
}

function isOpen({ completedAt, deletedAt }: StoredTask): boolean {
  return completedAt === null && deletedAt === null
}
