import { Prisma } from '#lib/db/generated/client.ts'
import type { SqlTx } from '#lib/db/sql-transaction.ts'
import { STORED_LIST_COLUMNS, type StoredList } from '../lists/list.ts'
import { isOpenInSeries } from '../repeat/series.ts'
import { STORED_COLUMNS, type StoredTask } from '../task.ts'
import { type Difference, type JournalRow, LIST_FIELDS, TASK_FIELDS, toRecord } from './change.ts'
import type { PendingRows } from './pending-rows.ts'

/** Gets the id of each account whose changes were committed (docs/decisions/0059-live-changes.md). */
export const CHANGES_CHANNEL = 'taskward'

/** And the rest of their oldest batch. More would let one account fill the database. `purgeOldChanges` also goes by age. */
const KEPT_CHANGES = 10_000

/** Tasks that one statement writes, so that no statement exceeds the time that it may take. */
const PART_ROWS = 1_000

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

/**
 * Writes tasks, journal and counter in one statement, and notifies the streams. Only an import has more than one part. Lists
 * go before tasks.
 */
export async function saveChanges(tx: SqlTx, { tasks, lists }: Pending, batch: Batch): Promise<void> {
  const { userId, opened, places } = batch
  const changedLists = [...lists.differences.values()]
  // A series has one open task, also between two rows of a statement.
  const changedTasks = [...tasks.differences.values()].sort(
    (one, other) => Number(isOpenInSeries(one.after)) - Number(isOpenInSeries(other.after)),
  )
  if (changedLists.length > 0) await tx.$executeRaw`${LISTS(changedLists)}`
  const records: object[] = changedLists.map((list) => ({
    ...toRecord(list, LIST_FIELDS),
    list_id: list.after.id,
  }))
  const seq = batch.seq + changedLists.length + changedTasks.length
  const record = (part: Difference<StoredTask>[]) => {
    records.push(...part.map((task) => ({ ...toRecord(task, TASK_FIELDS), task_id: task.after.id })))
    return insertRecords(records.splice(0), batch)
  }
  while (changedTasks.length > PART_ROWS) {
    const part = changedTasks.splice(0, PART_ROWS)
    const written = await tx.$queryRaw<Written>`
      WITH saved AS (${TASKS(part)} RETURNING id), recorded AS (${record(part)})
      SELECT count(*)::int AS saved FROM saved`
    requireAll(written, part.length)
  }
  // PostgreSQL expects few rows between two bounds, and reads them by the index. Of one bound it expects a third of all.
  // A kept batch may have thousands of rows before the latest 10,000. Where it is the account's first, none of them is read.
  const written = await tx.$queryRaw<Written>`
    WITH saved AS (${TASKS(changedTasks)} RETURNING id
    ), oldest_kept AS (
      SELECT kept.seq, kept.batch_id FROM task_counters AS counter
      JOIN changes AS kept
        ON kept.user_id = counter.user_id AND kept.seq = counter.seq - ${KEPT_CHANGES}::int + 1
      WHERE counter.user_id = ${userId}::uuid AND kept.batch_id <> (
        SELECT batch_id FROM changes WHERE user_id = ${userId}::uuid ORDER BY seq LIMIT 1)
    ), expired AS (
      DELETE FROM changes WHERE user_id = ${userId}::uuid AND seq > 0 AND seq < (SELECT seq FROM oldest_kept)
        AND batch_id <> (SELECT batch_id FROM oldest_kept)
    ), counted AS (
      UPDATE task_counters SET seq = ${seq}::bigint, open_tasks = open_tasks + ${opened}::int,
        places = ${places}::bigint
      WHERE user_id = ${userId}::uuid
    ), recorded AS (${record(changedTasks)})
    SELECT pg_notify(${CHANGES_CHANNEL}, ${userId}), (SELECT count(*)::int FROM saved) AS saved`
  requireAll(written, changedTasks.length)
}

type Written = { saved: number }[]

/** Another account has saved a task with the same id since this transaction checked it. */
export class IdTaken extends Error {}

function requireAll([written]: Written, count: number): void {
  if (written?.saved !== count) throw new IdTaken('Another account has a task with the same id')
}

/** Continues the `seq` of the batch. */
function insertRecords(records: object[], batch: Batch): Prisma.Sql {
  const { userId, batchId, undoes, now } = batch
  const numbered = records.map((record) => ({ ...record, seq: ++batch.seq }))
  return Prisma.sql`
    INSERT INTO changes (user_id, seq, batch_id, kind, task_id, list_id, before, after, undoes, created_at)
    SELECT ${userId}::uuid, seq, ${batchId}::uuid, kind, task_id, list_id, before, after, ${undoes}::uuid,
           ${now}::timestamptz
    FROM jsonb_populate_recordset(NULL::changes, ${JSON.stringify(numbered)}::jsonb)`
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
  return (rows: Difference<Row>[]) => Prisma.sql`
    INSERT INTO ${table} (${inserted})
    SELECT ${inserted} FROM jsonb_populate_recordset(NULL::${table}, ${JSON.stringify(rows.map(({ after }) => toRow(after)))}::jsonb)
    ON CONFLICT (id) DO UPDATE SET ${updated} WHERE ${table}.user_id = EXCLUDED.user_id`
}
