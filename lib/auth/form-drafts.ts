import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { ACCOUNT_FIELD, FORM_FIELD, hasTypedText, typedValues } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { consume } from '#lib/throttle/consume.ts'
import { HOUR_MS, MINUTE_MS } from '#lib/time.ts'
import { isUuid } from '#lib/uuid.ts'
import { hashToken } from './hash-token.ts'
import { DRAFT_HOURS, DRAFTS_LIMIT, SHOWN_DRAFT_MINUTES } from './policy.ts'
import { recordThrottled } from './record-throttled.ts'

const MESSAGE = 'What you typed last was not saved. It is back: check it, then send it again.'
const TOKEN = /^[\w-]{43}$/
/** The forms of this site have shorter names, and an index takes no long ones. */
const FORM_NAME_LENGTH = 100

const valuesSchema = z.record(z.string(), z.string())

type Draft = { userId: string; form: string; values: string }

/**
 * Keeps what was typed in forms whose session had ended, for the account that each form names. Replaces what other
 * browsers had sent for that account. Needs no proof of who sends it: only the sender's browser can get it back, and
 * only as that account. So a throttle bounds what a network can write.
 * @param page the path of the page that the forms were on
 * @param known the token that the browser has already: what it gets back stays its own
 * @returns the token that gets it back; null where no text was typed, no such account exists, or the throttle refuses
 */
export async function saveFormDrafts(
  forms: Record<string, string>[],
  { page, known, client }: { page: string; known?: string | undefined; client: Client },
  now = new Date(),
): Promise<string | null> {
  const drafts = forms.flatMap(toDraft).slice(0, DRAFTS_LIMIT)
  if (drafts.length === 0) return null
  const points = await db().$transaction((tx) => consume(tx, [makeBucket('draft.address', client.network)]))
  if (!points.ok) {
    await recordThrottled(points.error, { client })
    return null
  }
  const token = known !== undefined && TOKEN.test(known) ? known : randomBytes(32).toString('base64url')
  let count = 0
  for (const draft of drafts) count += await keepDraft(draft, { page, tokenHash: hashToken(token) }, now)
  return count > 0 ? token : null
}

/** What a form holds to be kept: a list of one, or none where no account is named or no text was typed. */
function toDraft(fields: Record<string, string>): Draft[] {
  const userId = fields[ACCOUNT_FIELD]
  const form = withoutNul(fields[FORM_FIELD] ?? '')
  const isNamed = form !== '' && form.length <= FORM_NAME_LENGTH
  if (!isNamed || !userId || !isUuid(userId) || !hasTypedText(fields)) return []
  const values = Object.entries(typedValues(fields)).map((entry) => entry.map(withoutNul))
  return [{ userId, form, values: JSON.stringify(Object.fromEntries(values)) }]
}

async function keepDraft(
  { userId, form, values }: Draft,
  { page, tokenHash }: { page: string; tokenHash: Uint8Array<ArrayBuffer> },
  now: Date,
): Promise<number> {
  const expiresAt = new Date(now.getTime() + DRAFT_HOURS * HOUR_MS)
  const count = await db().$executeRaw`
    INSERT INTO drafts (user_id, token_hash, page, form, "values", expires_at)
    SELECT id, ${tokenHash}, ${page}, ${form}, ${values}::jsonb, ${expiresAt}::timestamptz
    FROM users WHERE id = ${userId}::uuid
    ON CONFLICT (user_id, form) DO UPDATE SET token_hash = excluded.token_hash, page = excluded.page,
      "values" = excluded."values", expires_at = excluded.expires_at`
  await db().$executeRaw`
    DELETE FROM drafts WHERE user_id = ${userId}::uuid AND (token_hash <> ${tokenHash} OR form IN (
      SELECT form FROM drafts WHERE user_id = ${userId}::uuid
      ORDER BY expires_at DESC, form = ${form} DESC OFFSET ${DRAFTS_LIMIT}))`
  return count
}

/** Whether a draft waits for the log-in of its account. */
export async function hasFormDraft(token: string, now = new Date()): Promise<boolean> {
  return (await db().draft.count({ where: { tokenHash: hashToken(token), expiresAt: { gt: now } } })) > 0
}

/**
 * The drafts that a browser has for a page of an account, as forms that come back with the page; none for any other
 * account. Once shown they expire within minutes: long enough to load the page again.
 */
export async function getFormDrafts(
  { token, userId, page }: { token: string; userId: string; page: string },
  now = new Date(),
): Promise<ReturnedForm[]> {
  const draft = { userId, tokenHash: hashToken(token), page, expiresAt: { gt: now } }
  const found = await db().draft.findMany({
    where: draft,
    select: { form: true, values: true },
    orderBy: { form: 'asc' },
  })
  const end = new Date(now.getTime() + SHOWN_DRAFT_MINUTES * MINUTE_MS)
  await db().draft.updateMany({ where: { ...draft, expiresAt: { gt: end } }, data: { expiresAt: end } })
  return found.map(({ form, values }) => ({ form, message: MESSAGE, values: valuesSchema.parse(values) }))
}

/** Deletes the draft of a form that its account has sent again. */
export async function deleteFormDraft(token: string, userId: string, form: string): Promise<void> {
  await db().draft.deleteMany({ where: { tokenHash: hashToken(token), userId, form } })
}

/** PostgreSQL stores no NUL. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}
