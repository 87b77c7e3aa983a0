import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import type { QuotaExceeded } from '../errors.ts'
import { type Change, isSame, JOURNAL_FIELDS, type JournalField, revive } from './change.ts'
import { toChange } from './list-changes.ts'
import { type TaskWriter, writeTasks } from './write-tasks.ts'

export type Undone = {
  /** The tasks of which something was undone. */
  undone: string[]
  skipped: Skipped[]
}

type Skipped = {
  taskId: string
  /** The task was changed in these fields, deleted or restored since, or its row has been purged. */
  reason: 'changed_since' | 'purged'
  fields: JournalField[]
}

/**
 * Undoes a batch field by field, as a batch of its own: undoing that is a redo. What has changed since is skipped, never
 * overwritten (docs/decisions/0052-a-journal-of-changes.md).
 * @returns what was undone and skipped; `BATCH_NOT_FOUND` for a missing, expired, foreign or malformed id; `QUOTA_EXCEEDED`
 */
export async function undoBatch(
  actor: Actor,
  batchId: string,
  { now }: { now: Date },
): Promise<Result<Undone, Failure<'BATCH_NOT_FOUND'> | QuotaExceeded>> {
  const rows = isUuid(batchId)
    ? await db().change.findMany({ where: { userId: actor.userId, batchId }, orderBy: { seq: 'desc' } })
    : []
  if (rows.length === 0) return denyBatch(actor, batchId)
  const undone: string[] = []
  const skipped: Skipped[] = []
  return writeTasks(actor, { now, undoes: batchId }, async (writer) => {
    for (const change of rows.map(toChange)) {
      const left = await undoChange(writer, change, now)
      if (left.isChanged) undone.push(change.taskId)
      if (left.skipped) skipped.push(left.skipped)
    }
    return ok({ undone, skipped })
  })
}

async function undoChange(
  writer: TaskWriter,
  { taskId, before, after }: Change,
  now: Date,
): Promise<{ isChanged: boolean; skipped?: Skipped }> {
  const task = await writer.find(taskId)
  if (!task) return { isChanged: false, skipped: { taskId, reason: 'purged', fields: [] } }
  const isDeleted = task.deletedAt !== null
  if (isDeleted !== (after === null)) {
    return { isChanged: false, skipped: { taskId, reason: 'changed_since', fields: [] } }
  }
  if (!after) return { isChanged: writer.change(task, { deletedAt: null }) !== task }
  const fields = JOURNAL_FIELDS.filter((field) => after[field] !== undefined)
  const changedSince = fields.filter((field) => !isSame(task[field], after[field]))
  const skipped = { taskId, reason: 'changed_since' as const, fields: changedSince }
  // A task that came with this batch goes only if nothing of it has changed.
  if (!before) {
    if (changedSince.length > 0) return { isChanged: false, skipped }
    return { isChanged: writer.change(task, { deletedAt: now }) !== task }
  }
  const back = fields.filter((field) => !changedSince.includes(field))
  const isChanged = writer.change(task, revive(pick(before, back))) !== task
  return changedSince.length > 0 ? { isChanged, skipped } : { isChanged }
}

function pick<Fields extends object>(from: Fields, names: (keyof Fields)[]): Partial<Fields> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<Fields>
}

async function denyBatch(actor: Actor, batchId: string) {
  const foreign =
    isUuid(batchId) && (await db().change.findFirst({ where: { batchId }, select: { seq: true } }))
  if (foreign) await recordDenied(actor, { failureReason: 'foreign_change', details: { batch_id: batchId } })
  return err({ code: 'BATCH_NOT_FOUND' } as const)
}
