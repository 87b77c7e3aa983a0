import { UndoBarView } from '#components/tasks/undo-bar-view.tsx'
import type { Actor } from '#lib/actor.ts'
import { type ChangedBatch, getChangedBatch } from '#lib/http/changed-batch.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { TASK_FAILURES } from '#lib/tasks/errors.ts'
import { getBatch } from '#lib/tasks/journal/list-batches.ts'
import { namesOf } from '#lib/tasks/journal/names-of.ts'
import { describeBatch } from '#lib/tasks/journal/words/describe-batch.ts'
import { describeSkips } from '#lib/tasks/journal/words/describe-skips.ts'
import type { Phrase } from '#lib/tasks/journal/words/phrase.ts'

type UndoBarProps = { actor: Actor & { timeZone: string | null }; now: Date }

/** What this browser has just changed, with "Undo". Belongs on every page of tasks, behind its content. */
export async function UndoBar({ actor, now }: UndoBarProps) {
  const changed = await getChangedBatch(actor)
  if (!changed) return null
  const batch = changed.batchId === null ? null : await getBatch(actor, changed.batchId, { now })
  if (!batch) return changed.batchId === null && <UndoBarView phrase={describeNothing(changed)} />
  if (batch.isUndone) return null
  const vocabulary = {
    names: await namesOf(actor, batch.changes),
    today: dayIn(actor.timeZone ?? 'UTC', now),
  }
  const sentences = describeSkips(changed.skips).map((sentence) => ` ${sentence}`)
  return (
    <UndoBarView
      key={batch.batchId}
      phrase={[...describeBatch(batch, vocabulary), ...sentences]}
      batchId={batch.batchId}
      isUndo={batch.isUndo}
      {...(batch.undoes && { undoneId: batch.changes.find(({ taskId }) => taskId)?.taskId ?? null })}
    />
  )
}

function describeNothing({ skips, wasAlready }: ChangedBatch): Phrase {
  if (wasAlready) return [`This was ${wasAlready} already.`]
  return skips.length === 0
    ? [TASK_FAILURES.BATCH_NOT_FOUND.text]
    : [['Nothing was undone.', ...describeSkips(skips)].join(' ')]
}
