import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { TaskUpload } from '#lib/db/generated/client.ts'
import { HOUR_SECONDS } from '#lib/time.ts'
import type { ImportPreview } from './preview-import.ts'

const KEPT_MS = HOUR_SECONDS * 1000

/** Keeps a file from its preview until its import, in place of an earlier one of the account. */
export async function saveUpload(
  { userId }: Actor,
  { file, preview, now }: { file: Uint8Array; preview: ImportPreview; now: Date },
): Promise<void> {
  const expiresAt = new Date(now.getTime() + KEPT_MS)
  const upload = { id: randomUUID(), file: new Uint8Array(file), preview, expiresAt }
  await db().taskUpload.upsert({ where: { userId }, create: { userId, ...upload }, update: upload })
}

/** What the file of the actor would do; null without one. */
export async function getUploadPreview(
  { userId }: Actor,
  now: Date,
): Promise<{ id: string; preview: ImportPreview } | null> {
  const upload = await db().taskUpload.findFirst({
    where: { userId, expiresAt: { gt: now } },
    select: { id: true, preview: true },
  })
  return upload && { id: upload.id, preview: upload.preview as ImportPreview }
}

/**
 * Takes a file out, so that a form that is sent twice imports it once.
 * @returns null for another file than the one that the user has seen, and for an expired one
 */
export async function takeUpload(
  { userId }: Actor,
  { id, now }: { id: string; now: Date },
): Promise<TaskUpload | null> {
  const [upload] = await db().$queryRaw<TaskUpload[]>`
    DELETE FROM task_uploads WHERE user_id = ${userId}::uuid AND id = ${id}::uuid AND expires_at > ${now}::timestamptz
    RETURNING user_id AS "userId", id, file, preview, expires_at AS "expiresAt"`
  return upload ?? null
}

/** Keeps a file that was not imported, unless the user has chosen another one. */
export async function putUploadBack({ preview, ...upload }: TaskUpload): Promise<void> {
  await db().taskUpload.createMany({ data: { ...upload, preview: preview ?? {} }, skipDuplicates: true })
}
