import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { MailKind } from './catalogue.ts'

/** Much longer than an attempt takes (`SMTP_LIMITS`): a process that has not finished by then was killed. */
const CLAIM_SECONDS = 600

export type ClaimedMail = {
  id: string
  userId: string | null
  kind: MailKind
  sealed: Uint8Array<ArrayBuffer>
  createdAt: Date
  expiresAt: Date
  /** Identifies the claim: after it expired, another process owns the mail. */
  attempts: number
  claimedAt: Date
}

/**
 * Claims the mail that is due longest by postponing it: to other processes it is not due until the claim expires.
 * @param databaseNow for tests only; without it the database's clock decides, which all processes share
 */
export async function claimMail(databaseNow: Date | undefined): Promise<ClaimedMail | null> {
  const now = databaseNow ? Prisma.sql`${databaseNow}::timestamptz` : Prisma.sql`clock_timestamp()`
  const [mail] = await db().$queryRaw<ClaimedMail[]>`
    WITH clock AS MATERIALIZED (SELECT ${now}::timestamptz(3) AS now), due AS MATERIALIZED (
      SELECT id FROM mails, clock WHERE next_attempt_at <= now
      ORDER BY next_attempt_at LIMIT 1 FOR UPDATE OF mails SKIP LOCKED)
    UPDATE mails SET attempts = attempts + 1, next_attempt_at = now + make_interval(secs => ${CLAIM_SECONDS})
    FROM due, clock WHERE mails.id = due.id
    RETURNING mails.id, user_id AS "userId", kind, sealed, created_at AS "createdAt", expires_at AS "expiresAt",
              attempts, now AS "claimedAt"`
  return mail ?? null
}
