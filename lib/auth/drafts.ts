import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Client } from '#lib/audit/events'
import { db } from '#lib/db/client'
import { bucket } from '#lib/throttle/bucket'
import { consume } from '#lib/throttle/consume'
import { isUuid } from '#lib/uuid'
import { ACCOUNT_FIELD, FORM_FIELD, hasTypedText, typedValues } from './edge/form-marks'
import type { ReturnedForm } from './edge/returned-form'
import { DRAFT_HOURS, SHOWN_DRAFT_MINUTES } from './policy'
import { recordThrottled } from './record-throttled'

const HOUR_MS = 60 * 60 * 1000
const MINUTE_MS = 60 * 1000
const MESSAGE =
  'You were logged out before this was saved. What you typed is back: check it, then send it again.'

const valuesSchema = z.record(z.string(), z.string())

/**
 * Keeps what was typed in a form whose session had ended, for the account that the form names. Replaces an earlier draft
 * of that account. Needs no proof of who sends it: only the sender's browser can get it back, and only as that account.
 * So a throttle bounds what a network can write.
 * @param page the path of the page that the form was on
 * @returns the token that gets it back; null where no text was typed, no such account exists, or the throttle refuses
 */
export async function keepDraft(
  fields: Record<string, string>,
  { page, client }: { page: string; client: Client },
  now = new Date(),
): Promise<string | null> {
  const account = fields[ACCOUNT_FIELD]
  const form = fields[FORM_FIELD]
  if (!form || !account || !isUuid(account) || !hasTypedText(fields)) return null
  const points = await db().$transaction((tx) => consume(tx, [bucket('draft.address', client.network)]))
  if (!points.ok) {
    await recordThrottled(points.error, { client })
    return null
  }
  const token = randomBytes(32).toString('base64url')
  const values = Object.entries(typedValues(fields)).map((entry) => entry.map(withoutNul))
  const expiresAt = new Date(now.getTime() + DRAFT_HOURS * HOUR_MS)
  const count = await db().$executeRaw`
    INSERT INTO drafts (user_id, token_hash, page, form, "values", expires_at)
    SELECT id, ${hash(token)}, ${page}, ${withoutNul(form)}, ${JSON.stringify(Object.fromEntries(values))}::jsonb, ${expiresAt}::timestamptz
    FROM users WHERE id = ${account}::uuid
    ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, page = excluded.page,
      form = excluded.form, "values" = excluded."values", expires_at = excluded.expires_at`
  return count > 0 ? token : null
}

/** Whether a draft waits for the log-in of its account. */
export async function isDraftKept(token: string, now = new Date()): Promise<boolean> {
  return (await db().draft.count({ where: { tokenHash: hash(token), expiresAt: { gt: now } } })) > 0
}

/**
 * The draft that a browser has for a page of an account, as a form that comes back with the page; null for any other
 * account. Once shown it expires within minutes: long enough to load the page again.
 */
export async function showDraft(
  { token, userId, page }: { token: string; userId: string; page: string },
  now = new Date(),
): Promise<ReturnedForm | null> {
  const draft = { userId, tokenHash: hash(token), page, expiresAt: { gt: now } }
  const found = await db().draft.findFirst({ where: draft, select: { form: true, values: true } })
  if (!found) return null
  const end = new Date(now.getTime() + SHOWN_DRAFT_MINUTES * MINUTE_MS)
  await db().draft.updateMany({ where: { ...draft, expiresAt: { gt: end } }, data: { expiresAt: end } })
  return { form: found.form, message: MESSAGE, values: valuesSchema.parse(found.values) }
}

/** Deletes a draft whose form has been sent and saved. */
export async function forgetDraft(token: string, form: string): Promise<void> {
  await db().draft.deleteMany({ where: { tokenHash: hash(token), form } })
}

/** PostgreSQL stores no NUL. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

function hash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
