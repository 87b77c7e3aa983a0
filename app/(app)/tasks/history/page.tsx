import { BatchList } from '#components/tasks/batch-list.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { countOpenTasks } from '#lib/tasks/count-open-tasks.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { findStart } from '#lib/tasks/journal/find-start.ts'
import { listBatches } from '#lib/tasks/journal/list-batches.ts'
import { namesOf } from '#lib/tasks/journal/names-of.ts'
import { describeBatch } from '#lib/tasks/journal/words/describe-batch.ts'
import { KEPT_DAYS } from '#lib/tasks/purge-deleted-tasks.ts'
import { TasksFrame } from '../tasks-frame.tsx'

const PATH = '/tasks/history'

export default async function HistoryPage({ searchParams }: PageProps<'/tasks/history'>) {
  const actor = await requireActor(PATH)
  const now = new Date()
  const before = parseSeq((await searchParams).before)
  const today = dayIn(actor.timeZone ?? 'UTC', now)
  const { seq } = await findStart(actor, undefined)
  const [{ batches, next }, counts] = await Promise.all([
    listBatches(actor, { before, now }),
    countOpenTasks(actor, today),
  ])
  const vocabulary = {
    names: await namesOf(
      actor,
      batches.flatMap(({ changes }) => changes),
    ),
    today,
  }
  return (
    <TasksFrame
      actor={actor}
      seq={seq}
      path={PATH}
      now={now}
      counts={counts}
      current="history"
      heading="History"
      intro={
        <>
          Changes of your <TextLink href="/tasks">tasks</TextLink> in the last {KEPT_DAYS} days. “Undo” never
          overwrites what was changed later.
        </>
      }
    >
      <title>History – Taskward</title>
      {batches.length === 0 ? (
        <EmptyState title={before === undefined ? 'Nothing to undo' : 'No older changes'}>
          What you add, complete, change and delete is listed here.
        </EmptyState>
      ) : (
        <BatchList
          batches={batches.map((batch) => ({
            batchId: batch.batchId,
            phrase: describeBatch(batch, vocabulary),
            at: batch.createdAt.toISOString(),
            isUndone: batch.isUndone,
            isUndo: batch.isUndo,
          }))}
          now={now.toISOString()}
          path={pageAt(before)}
        />
      )}
      <PaginationLinks
        newest={before === undefined ? null : PATH}
        older={next === null ? null : pageAt(next)}
      />
    </TasksFrame>
  )
}

function parseSeq(parameter: unknown): number | undefined {
  return typeof parameter === 'string' && /^\d{1,15}$/.test(parameter) ? Number(parameter) : undefined
}

function pageAt(before: number | undefined): string {
  return before === undefined ? PATH : `${PATH}?before=${before}`
}
