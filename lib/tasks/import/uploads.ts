import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { HOUR_SECONDS } from '#lib/time.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
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

/** @returns null for another file than the one that the user has seen, and for an expired one */
export async function getUploadedFile(
  { userId }: Actor,
  { id, now }: { id: string; now: Date },
): Promise<Uint8Array | null> {
  const where = { userId, id, expiresAt: { gt: now } }
  return (await db().taskUpload.findFirst({ where, select: { file: true } }))?.file ?? null
}

/** In the transaction of the import, so that a form that is sent twice imports once. @returns `UPLOAD_NOT_FOUND` */
export async function takeUpload(
  { tx, batch }: TaskWriter,
  id: string,
): Promise<Result<null, Failure<'UPLOAD_NOT_FOUND'>>> {
  const count = await tx.$executeRaw`
    DELETE FROM task_uploads WHERE user_id = ${batch.userId}::uuid AND id = ${id}::uuid`
  return count > 0 ? ok(null) : err({ code: 'UPLOAD_NOT_FOUND' })
}

export async function discardUpload({ userId }: Actor, id: string): Promise<void> {
  await db().taskUpload.deleteMany({ where: { userId, id } })
}
