import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import type { QuotaExceeded } from '../errors.ts'
import { completionOf, originOf } from '../repeat/completion.ts'
import type { Change } from './change.ts'
import { isLiveList } from './is-live-list.ts'
import { toChange } from './list-changes.ts'
import { undoMoves } from './move-tasks.ts'
import { oldestKept } from './purge-old-changes.ts'
import { type SkipReason, skip, type UndoneChange, undoChange } from './undo-change.ts'
import { type TaskWriter, type Written, writeTasks } from './write-tasks.ts'

type Ids = Pick<Change, 'taskId' | 'listId'>

export type Undone = {
  /** Of which something was undone. */
  undone: Ids[]
  skipped: (Ids & { reason: SkipReason; fields: string[] })[]
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
): Promise<Written<Undone, Failure<'BATCH_NOT_FOUND'> | QuotaExceeded>> {
  const rows = isUuid(batchId)
    ? await db().change.findMany({
        where: { userId: actor.userId, batchId, createdAt: { gte: oldestKept(now) } },
        orderBy: { seq: 'desc' },
      })
    : []
  if (rows.length === 0) return denyBatch(actor, batchId)
  const changes = rows.map(toChange)
  const moves = changes.filter(isMove)
  // Lists come before the tasks that go back to them, and go after the tasks that leave them.
  const others = changes.filter((change) => !isMove(change)).sort((a, b) => turnOf(a) - turnOf(b))
  const [first, last] = [
    others.filter(isListThatReturns),
    others.filter((change) => !isListThatReturns(change)),
  ]
  return writeTasks(actor, { now, undoes: batchId }, async (writer) => {
    const undone: Undone = { undone: [], skipped: [] }
    await undoEach(writer, first, undone)
    if (moves.length > 0) await undoAllMoves(writer, moves, undone)
    await undoEach(writer, last, undone)
    return ok(undone)
  })
}

function isMove({ taskId, kind, after }: Change): boolean {
  return taskId !== null && kind === 'changed' && Object.keys(after ?? {}).join() === 'listId'
}

function isListThatReturns({ listId, after }: Change): boolean {
  return listId !== null && after === null
}

function turnOf({ listId, before }: Change): number {
  return before ? 0 : listId ? 2 : 1
}

async function undoEach(writer: TaskWriter, changes: Change[], { undone, skipped }: Undone): Promise<void> {
  await writer.tasks.load(changes.flatMap(({ taskId }) => taskId ?? []))
  const keptCompletions = new Set<string | null>()
  for (const change of changes) {
    const ids = { taskId: change.taskId, listId: change.listId }
    const task = change.taskId ? await writer.tasks.find(change.taskId) : null
    const origin = task && originOf(change, task)
    // A successor comes and goes with the completion that made it.
    const result =
      origin && keptCompletions.has(origin) ? skip('changed_since') : await undoChange(writer, change)
    if (task && keepsCompletion(result)) keptCompletions.add(completionOf(change, task))
    if (result.isChanged) undone.push(ids)
    skipped.push(...result.skipped.map((skip) => ({ ...ids, ...skip })))
  }
}

function keepsCompletion({ skipped }: UndoneChange): boolean {
  return skipped.some(({ fields }) => fields.length === 0 || fields.includes('completedAt'))
}

async function undoAllMoves(writer: TaskWriter, moves: Change[], { undone, skipped }: Undone): Promise<void> {
  const live: string[] = []
  for (const listId of new Set(moves.map(({ before }) => before?.listId))) {
    if (typeof listId === 'string' && (await isLiveList(writer, listId))) live.push(listId)
  }
  const moved = new Set(await undoMoves(writer, { moves, lists: live }))
  for (const { taskId, before } of moves) {
    if (taskId && moved.has(taskId)) undone.push({ taskId, listId: null })
    else {
      const isGone = typeof before?.listId === 'string' && !live.includes(before.listId)
      const reason = isGone ? 'list_deleted' : 'changed_since'
      skipped.push({ taskId, listId: null, reason, fields: ['listId'] })
    }
  }
}

async function denyBatch(actor: Actor, batchId: string) {
  const foreign =
    isUuid(batchId) && (await db().change.findFirst({ where: { batchId }, select: { seq: true } }))
  if (foreign) await recordDenied(actor, { failureReason: 'foreign_change', details: { batch_id: batchId } })
  return err({ code: 'BATCH_NOT_FOUND' } as const)
}
