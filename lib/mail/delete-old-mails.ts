import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { mailFolder } from './write-mail-file.ts'

const MAIL_DAYS = 30

/** Deletes the rows of sent and given up mails. What they contained went when they were finished. */
export async function deleteOldMails(tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, MAIL_DAYS)
  // MATERIALIZED: a subquery of `IN` may run several times, each time for another batch.
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT id FROM mails WHERE created_at < ${before}::timestamptz LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM mails USING batch WHERE mails.id = batch.id`
}

/** Deletes the files that are mails where no server sends them. */
export async function deleteOldMailFiles(_tx: Tx, limit: number, now: Date): Promise<number> {
  const before = daysBefore(now, MAIL_DAYS)
  let count = 0
  for (const name of await readdir(mailFolder()).catch(() => [])) {
    const file = path.join(mailFolder(), name)
    const { mtime } = await stat(file)
    if (count === limit || !name.endsWith('.eml') || mtime >= before) continue
    await rm(file, { force: true })
    count++
  }
  return count
}
