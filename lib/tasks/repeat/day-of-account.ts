import { dayIn } from '../day-in.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'

/** The day that it is in the account's time zone. */
export async function dayOfAccount({ tx, batch }: TaskWriter): Promise<string> {
  const [account] = await tx.$queryRaw<{ timeZone: string | null }[]>`
    SELECT time_zone AS "timeZone" FROM users WHERE id = ${batch.userId}::uuid`
  return dayIn(account?.timeZone ?? 'UTC', batch.now)
}
