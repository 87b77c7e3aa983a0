import { Prisma } from '#lib/db/generated/client.ts'
import type { SqlTx } from '#lib/db/sql-transaction.ts'
import { STORED_LIST_COLUMNS, type StoredList } from '../lists/list.ts'
import { isOpenInSeries } from '../repeat/series.ts'
import { STORED_COLUMNS, type StoredTask } from '../task.ts'
import { type JournalRow, LIST_FIELDS, TASK_FIELDS, toRecord } from './change.ts'
import type { PendingRows } from './pending-rows.ts'

/** Gets the id of each account whose changes were committed (docs/decisions/0059-live-changes.md). */
export const CHANGES_CHANNEL = 'taskward'

/** And those of the latest batch. More would let one account fill the database. `purgeOldChanges` also goes by age. */
const KEPT_CHANGES = 10_000

export type Batch = {
  userId: string
  batchId: string
  undoes: string | null
  /** Of the account's latest change so far. */
  seq: number
  /** By how many open tasks the account has more. */
  opened: number
  /** First places given to the account's tasks so far. */
  places: number
  now: Date
}

type Pending = { tasks: PendingRows<StoredTask>; lists: PendingRows<StoredList> }

const TASKS = upsertInto('tasks', STORED_COLUMNS)
const LISTS = upsertInto('task_lists', STORED_LIST_COLUMNS)

/** Writes tasks, journal and counter in one statement, and notifies the streams, however many tasks the batch has. Lists go before them. */
export async function saveChanges(tx: SqlTx, { tasks, lists }: Pending, batch: Batch): Promise<void> {
  const { userId, batchId, undoes, opened, places, now } = batch
  const changedLists = [...lists.differences.values()]
  // A series has one open task, also between two rows of a statement.
  const changedTasks = [...tasks.differences.values()].sort(
    (one, other) => Number(isOpenInSeries(one.after)) - Number(isOpenInSeries(other.after)),
  )
  const records = [
    ...changedLists.map((list) => ({ ...toRecord(list, LIST_FIELDS), list_id: list.after.id })),
    ...changedTasks.map((task) => ({ ...toRecord(task, TASK_FIELDS), task_id: task.after.id })),
  ].map((record, index) => ({ ...record, seq: batch.seq + index + 1 }))
  const seq = batch.seq + records.length
  if (changedLists.length > 0) await tx.$executeRaw`${LISTS(changedLists.map(({ after }) => after))}`
  const [written] = await tx.$queryRaw<{ saved: number }[]>`
    WITH saved AS (${TASKS(changedTasks.map(({ after }) => after))} RETURNING id
    ), expired AS (
      DELETE FROM changes USING task_counters AS counter
      WHERE changes.user_id = ${userId}::uuid AND counter.user_id = ${userId}::uuid
        AND changes.seq <= counter.seq - ${KEPT_CHANGES}::int
    ), counted AS (
      UPDATE task_counters SET seq = ${seq}::bigint, open_tasks = open_tasks + ${opened}::int,
        places = ${places}::bigint
      WHERE user_id = ${userId}::uuid
    ), recorded AS (
      INSERT INTO changes (user_id, seq, batch_id, kind, task_id, list_id, before, after, undoes, created_at)
      SELECT ${userId}::uuid, seq, ${batchId}::uuid, kind, task_id, list_id, before, after, ${undoes}::uuid,
             ${now}::timestamptz
      FROM jsonb_populate_recordset(NULL::changes, ${JSON.stringify(records)}::jsonb)
    )
    SELECT pg_notify(${CHANGES_CHANNEL}, ${userId}), (SELECT count(*)::int FROM saved) AS saved`
  // Two clients may choose one id at the same time.
  if (written?.saved !== changedTasks.length) throw new Error('Another account has a task with the same id')
}

function upsertInto<Row extends JournalRow>(name: string, columns: Record<keyof Row & string, string>) {
  const fields = Object.entries<string>(columns)
  const names = fields.map(([, column]) => column)
  const changing = names.filter((column) => !['id', 'user_id', 'created_at'].includes(column))
  const table = Prisma.raw(name)
  const inserted = Prisma.raw(names.join(', '))
  const updated = Prisma.raw(changing.map((column) => `${column} = EXCLUDED.${column}`).join(', '))
  const toRow = (row: Row) =>
    Object.fromEntries(fields.map(([field, column]) => [column, row[field as keyof Row]]))
  return (rows: Row[]) => Prisma.sql`
    INSERT INTO ${table} (${inserted})
    SELECT ${inserted} FROM jsonb_populate_recordset(NULL::${table}, ${JSON.stringify(rows.map(toRow))}::jsonb)
    ON CONFLICT (id) DO UPDATE SET ${updated} WHERE ${table}.user_id = EXCLUDED.user_id`
}
