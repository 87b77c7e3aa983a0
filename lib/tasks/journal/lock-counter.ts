import type { SqlTx } from '#lib/db/sql-transaction.ts'

type Counter = { seq: number; openTasks: number; places: number }

/** Holds the account's counter until the transaction ends. The first change of an account makes it. */
export async function lockCounter(tx: SqlTx, userId: string): Promise<Counter> {
  const known = await lock(tx, userId)
  if (known) return known
  await tx.$executeRaw`
    INSERT INTO task_counters (user_id, seq, open_tasks)
    SELECT ${userId}::uuid, 0, count(*) FROM tasks
    WHERE user_id = ${userId}::uuid AND deleted_at IS NULL AND completed_at IS NULL
    ON CONFLICT DO NOTHING`
  const made = await lock(tx, userId)
  if (!made) throw new Error('The account has no counter')
  return made
}

async function lock(tx: SqlTx, userId: string): Promise<Counter | undefined> {
  const [counter] = await tx.$queryRaw<Counter[]>`
    SELECT seq::float8, open_tasks AS "openTasks", places::float8 FROM task_counters
    WHERE user_id = ${userId}::uuid FOR NO KEY UPDATE`
  return counter
}
