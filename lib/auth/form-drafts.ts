import { z } from 'zod'
import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { ACCOUNT_FIELD, FORM_FIELD, hasTypedText, typedValues } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { HOUR_SECONDS, secondsLater } from '#lib/time.ts'
import { isUuid } from '#lib/uuid.ts'
import { hashToken } from './hash-token.ts'
import { newToken } from './new-token.ts'
import { DRAFT_HOURS, DRAFTS_LIMIT, SHOWN_DRAFT_MINUTES } from './policy.ts'
import { throttle } from './throttle.ts'

const MESSAGE = 'What you typed last was not saved. It is back: check it, then send it again.'
const TOKEN = /^[\w-]{43}$/
/** The column's index takes no long names. */
const FORM_NAME_LENGTH = 100

const valuesSchema = z.record(z.string(), z.string())

type Draft = { userId: string; form: string; values: string }

type Submission = {
  page: string
  /** The browser's draft cookie, which stays the same. */
  known?: string | undefined
  client: Client
  now: Date
}

/**
 * Saves the text of forms whose session has ended, for the account that each form names. Only this browser can get it,
 * logged in to that account (docs/decisions/0032-sessions-that-end-while-typing.md). Replaces other browsers' drafts.
 * @returns the draft cookie's value; null if nothing was saved
 */
export async function saveFormDrafts(
  forms: Record<string, string>[],
  { page, known, client, now }: Submission,
): Promise<string | null> {
  const drafts = forms.flatMap(toDraft).slice(0, DRAFTS_LIMIT)
  if (drafts.length === 0) return null
  const points = await throttle([makeBucket('draft.address', client.network)], { client })
  if (!points.ok) return null
  const token = known !== undefined && TOKEN.test(known) ? known : newToken()
  let count = 0
  for (const draft of drafts) count += await saveDraft(draft, { page, tokenHash: hashToken(token), now })
  return count > 0 ? token : null
}

function toDraft(fields: Record<string, string>): Draft[] {
  const userId = fields[ACCOUNT_FIELD]
  const form = withoutNul(fields[FORM_FIELD] ?? '')
  const isNamed = form !== '' && form.length <= FORM_NAME_LENGTH
  if (!isNamed || !userId || !isUuid(userId) || !hasTypedText(fields)) return []
  const values = Object.entries(typedValues(fields)).map((entry) => entry.map(withoutNul))
  return [{ userId, form, values: JSON.stringify(Object.fromEntries(values)) }]
}

async function saveDraft(
  { userId, form, values }: Draft,
  { page, tokenHash, now }: { page: string; tokenHash: Uint8Array<ArrayBuffer>; now: Date },
): Promise<number> {
  const expiresAt = secondsLater(now, DRAFT_HOURS * HOUR_SECONDS)
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

export async function hasFormDraft(token: string, now: Date): Promise<boolean> {
  return (await db().draft.count({ where: { tokenHash: hashToken(token), expiresAt: { gt: now } } })) > 0
}

/** From now on the drafts expire within minutes: long enough to reload the page. */
export async function getFormDrafts({
  token,
  userId,
  page,
  now,
}: {
  token: string
  userId: string
  page: string
  now: Date
}): Promise<ReturnedForm[]> {
  const where = { userId, tokenHash: hashToken(token), page, expiresAt: { gt: now } }
  const found = await db().draft.findMany({
    where,
    select: { form: true, values: true },
    orderBy: { form: 'asc' },
  })
  const end = secondsLater(now, SHOWN_DRAFT_MINUTES * 60)
  await db().draft.updateMany({ where: { ...where, expiresAt: { gt: end } }, data: { expiresAt: end } })
  return found.map(({ form, values }) => ({ form, message: MESSAGE, values: valuesSchema.parse(values) }))
}

export async function deleteFormDraft({
  token,
  ...draft
}: {
  token: string
  userId: string
  form: string
}): Promise<void> {
  await db().draft.deleteMany({ where: { tokenHash: hashToken(token), ...draft } })
}

/** PostgreSQL stores no NUL. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}
