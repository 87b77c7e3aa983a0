import type { Tx } from '#lib/db/client.ts'
import { ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { consume, type Throttled } from '#lib/throttle/consume.ts'
import { DAY_SECONDS } from '#lib/time.ts'
import { newId } from '#lib/uuid.ts'
import { type MailKind, type MailValues, TEMPLATES } from './catalogue.ts'
import { sealMail } from './seal-mail.ts'

/** Who waits for new mails (lib/boot/jobs.ts). */
export const MAIL_CHANNEL = 'taskward_mail'

/** The server tries this long to deliver a mail. */
const DELIVERY_SECONDS = DAY_SECONDS

type NewMail<Kind extends MailKind> = {
  kind: Kind
  /** The stored address, never the typed one. */
  to: string
  /** The account that it is about. The mail is deleted with it. */
  userId: string | null
  values: MailValues[Kind]
  /** When the link in it ends. After a day a mail is given up in any case. */
  expiresAt?: Date
}

/**
 * Writes a mail in the transaction of the change that it reports. It is sent after the commit, and not at all after a
 * rollback. Five of one kind go to one address in an hour, whatever causes them.
 * @returns `RATE_LIMITED`, with nothing written; the caller decides whether to report it
 */
export async function queueMail<Kind extends MailKind>(
  tx: Tx,
  { kind, to, userId, values, expiresAt }: NewMail<Kind>,
): Promise<Result<null, Throttled>> {
  const taken = await consume(tx, [makeBucket('mail.recipient', kind, to)])
  if (!taken.ok) return taken
  const id = newId(new Date())
  const sealed = await sealMail({ to, ...TEMPLATES[kind](values) }, id)
  // PostgreSQL notifies at the commit.
  await tx.$executeRaw`
    WITH queued AS (
      INSERT INTO mails (id, user_id, kind, sealed, created_at, next_attempt_at, expires_at)
      SELECT ${id}::uuid, ${userId}::uuid, ${kind}, ${sealed}, now, now,
             LEAST(${expiresAt ?? null}::timestamptz, now + make_interval(secs => ${DELIVERY_SECONDS}))
      FROM (SELECT clock_timestamp()::timestamptz(3) AS now) AS read
      RETURNING id
    ) SELECT pg_notify(${MAIL_CHANNEL}, '') FROM queued`
  return ok(null)
}
