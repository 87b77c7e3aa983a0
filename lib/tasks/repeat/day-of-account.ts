import { dayIn } from '../day-in.ts'
import type { Batch } from '../journal/save-changes.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'

/** A batch may complete many tasks. */
const known = new WeakMap<Batch, string>()

/** The day that it is in the account's time zone. */
export async function dayOfAccount({ tx, batch }: TaskWriter): Promise<string> {
  const day = known.get(batch)
  if (day !== undefined) return day
  const [account] = await tx.$queryRaw<{ timeZone: string | null }[]>`
    SELECT time_zone AS "timeZone" FROM users WHERE id = ${batch.userId}::uuid`
  const today = dayIn(account?.timeZone ?? 'UTC', batch.now)
  known.set(batch, today)
  return today
}
