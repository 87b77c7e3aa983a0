import { Prisma } from '#lib/db/generated/client.ts'
import type { SqlTx } from '#lib/db/sql-transaction.ts'
import { STORED_COLUMNS, type StoredTask } from '../task.ts'
import { type TaskDifference, toRecord } from './change.ts'

/** More would let one account fill the database. `purgeOldChanges` also goes by age. */
const KEPT_CHANGES = 10_000

type Batch = {
  userId: string
  batchId: string
  undoes: string | null
  /** Of the account's latest change so far. */
  seq: number
  /** By how many open tasks the account has more. */
  opened: number
  now: Date
}

const COLUMNS = Object.values(STORED_COLUMNS)
const INSERTED = Prisma.raw(COLUMNS.join(', '))
const FIXED = ['id', 'user_id', 'created_at']
const UPDATED = Prisma.raw(
  COLUMNS.filter((column) => !FIXED.includes(column))
    .map((column) => `${column} = EXCLUDED.${column}`)
    .join(', '),
)

/** Writes tasks, journal and counter in one statement, however many tasks the batch has. */
export async function saveChanges(tx: SqlTx, differences: TaskDifference[], batch: Batch): Promise<void> {
  const { userId, batchId, undoes, opened, now } = batch
  const seq = batch.seq + differences.length
  const tasks = JSON.stringify(differences.map(({ after }) => toRow(after)))
  const changes = JSON.stringify(
    differences.map((difference, index) => ({
      ...toRecord(difference),
      seq: batch.seq + index + 1,
      task_id: difference.after.id,
    })),
  )
  await tx.$executeRaw`
    WITH saved AS (
      INSERT INTO tasks (${INSERTED}) SELECT ${INSERTED} FROM jsonb_populate_recordset(NULL::tasks, ${tasks}::jsonb)
      ON CONFLICT (id) DO UPDATE SET ${UPDATED} WHERE tasks.user_id = EXCLUDED.user_id
    ), counted AS (
      UPDATE task_counters SET seq = ${seq}::bigint, open_tasks = open_tasks + ${opened}::int
      WHERE user_id = ${userId}::uuid
    ), expired AS (
      DELETE FROM changes WHERE user_id = ${userId}::uuid AND seq <= ${seq - KEPT_CHANGES}::bigint
    )
    INSERT INTO changes (user_id, seq, batch_id, kind, task_id, before, after, undoes, created_at)
    SELECT ${userId}::uuid, seq, ${batchId}::uuid, kind, task_id, before, after, ${undoes}::uuid, ${now}::timestamptz
    FROM jsonb_populate_recordset(NULL::changes, ${changes}::jsonb)`
}

function toRow(task: StoredTask): object {
  return Object.fromEntries(
    Object.entries(STORED_COLUMNS).map(([field, column]) => [column, task[field as keyof StoredTask]]),
  )
}
