import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { type Change as ChangeRow, Prisma } from '#lib/db/generated/client.ts'
import { isUuid } from '#lib/uuid.ts'
import { selectList } from '../task.ts'
import type { Change } from './change.ts'
import { toChange } from './list-changes.ts'
import { oldestKept } from './purge-old-changes.ts'

export type RecordedBatch = {
  batchId: string
  createdAt: Date
  /** Of all its changes. */
  size: number
  /** All its changes are of one kind. */
  isUniform: boolean
  /** Its first changes, at most `SHOWN_CHANGES`. */
  changes: [Change, ...Change[]]
  /** The batch that this one undid. */
  undoes: string | null
  /** Undoing it is a redo. A batch that undoes an undo is none itself. */
  isUndo: boolean
  isUndone: boolean
}

export const SHOWN_CHANGES = 100
const PAGE_BATCHES = 25

const COLUMNS = Prisma.raw(
  selectList({
    seq: 'changes.seq',
    batchId: 'changes.batch_id',
    kind: 'kind',
    taskId: 'task_id',
    listId: 'list_id',
    before: 'before',
    after: 'after',
    undoes: 'undoes',
    createdAt: 'created_at',
  }),
)

/** The latest batches of the actor, newest first. @param before continues a page: the `next` of the one before */
export async function listBatches(
  actor: Actor,
  { before, limit = PAGE_BATCHES, now }: { before?: number | undefined; limit?: number; now: Date },
): Promise<{ batches: RecordedBatch[]; next: number | null }> {
  const where = before === undefined ? Prisma.empty : Prisma.sql`AND seq < ${before}::bigint`
  const batches = await readBatches(actor, { where, limit: limit + 1, now })
  const last = batches[limit - 1]
  const next = batches.length > limit && last ? last.changes[0].seq : null
  return { batches: batches.slice(0, limit), next }
}

/** @returns null for a malformed, unknown or expired id and for another user's */
export async function getBatch(
  actor: Actor,
  batchId: string,
  { now }: { now: Date },
): Promise<RecordedBatch | null> {
  if (!isUuid(batchId)) return null
  const [batch] = await readBatches(actor, {
    where: Prisma.sql`AND batch_id = ${batchId}::uuid`,
    limit: 1,
    now,
  })
  return batch ?? null
}

/** The counter is locked until a batch commits, so no other change has a `seq` between those of a batch. */
async function readBatches(
  { userId }: Actor,
  { where, limit, now }: { where: Prisma.Sql; limit: number; now: Date },
): Promise<RecordedBatch[]> {
  const rows = await db().$queryRaw<(ChangeRow & Pick<RecordedBatch, 'size' | 'isUniform'>)[]>`
    WITH batches AS (
      SELECT batch_id, min(seq) AS first, count(*)::int AS size, min(kind) = max(kind) AS uniform FROM changes
      WHERE user_id = ${userId}::uuid AND created_at >= ${oldestKept(now)}::timestamptz ${where}
      GROUP BY batch_id ORDER BY first DESC LIMIT ${limit}
    )
    SELECT ${COLUMNS}, size, uniform AS "isUniform" FROM batches JOIN changes
      ON user_id = ${userId}::uuid AND seq >= first AND seq < first + LEAST(size, ${SHOWN_CHANGES})
    ORDER BY first DESC, seq`
  if (rows.length === 0) return []
  const { undone, undos } = await readUndos(userId)
  const batches = new Map<string, RecordedBatch>()
  for (const { size, isUniform, ...row } of rows) {
    const change = toChange({ ...row, userId })
    const { batchId, createdAt, undoes } = change
    const batch = batches.get(batchId)
    if (batch) batch.changes.push(change)
    else {
      const isUndo = undos.has(batchId)
      const facts = { batchId, createdAt, size, isUniform, undoes, isUndo, isUndone: undone.has(batchId) }
      batches.set(batchId, { ...facts, changes: [change] })
    }
  }
  return [...batches.values()]
}

/** A batch is undone by a later one, unless that one is undone itself. */
async function readUndos(userId: string): Promise<{ undone: Set<string>; undos: Set<string> }> {
  const rows = await db().$queryRaw<{ batchId: string; undoes: string }[]>`
    SELECT batch_id AS "batchId", undoes FROM changes
    WHERE user_id = ${userId}::uuid AND undoes IS NOT NULL GROUP BY batch_id, undoes ORDER BY min(seq) DESC`
  const [undone, undos] = [new Set<string>(), new Set<string>()]
  for (const { batchId, undoes } of rows) if (!undone.has(batchId)) undone.add(undoes)
  for (const { batchId, undoes } of rows.toReversed()) if (!undos.has(undoes)) undos.add(batchId)
  return { undone, undos }
}
