import { PageColumn } from '#components/shell/page-column.tsx'
import { TaskBoard } from '#components/tasks/task-board.tsx'
import { TaskPagination } from '#components/tasks/task-pagination.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import { getChangedBatch } from '#lib/http/changed-batch.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { parseCursor, parseLimit } from '#lib/page.ts'
import { getDeletedTask } from '#lib/tasks/get-deleted-task.ts'
import { listTasks } from '#lib/tasks/list-tasks.ts'
import { secondsLater } from '#lib/time.ts'
import { SignedInPage } from '../signed-in-page.tsx'
import { UndoBar } from './undo-bar.tsx'

export default async function TasksPage({ searchParams }: PageProps<'/tasks'>) {
  const actor = await requireActor('/tasks')
  const now = new Date()
  const { edit, ...paging } = await searchParams
  const cursor = parseCursor(paging.cursor)
  const limit = parseLimit(paging.limit)
  const part = { ...(cursor && { cursor }), ...(limit && { limit: String(limit) }) }
  const [{ tasks, nextCursor }, deletedEdit, hasStayed, changed] = await Promise.all([
    listTasks(actor, { cursor, limit }),
    typeof edit === 'string' ? getDeletedTask(actor, edit) : null,
    hasFlashMessage('stayed-logged-in', actor),
    getChangedBatch(actor),
  ])
  return (
    <SignedInPage actor={actor} path="/tasks">
      <PageColumn
        heading="Tasks"
        {...(!actor.emailConfirmedAt && {
          unconfirmed: isLinkNew(actor.createdAt, now) ? 'sent' : 'expired',
        })}
      >
        {hasStayed && (
          <PageNotice>
            You’re still logged in as {actor.email}. The page where you chose “Log out” belongs to another
            account.
          </PageNotice>
        )}
        <TaskBoard
          tasks={tasks.map(({ id, title, description, completedAt, createdAt }) => ({
            id,
            title,
            ...(description && { description }),
            ...(completedAt && { completed: true }),
            createdAt: `${createdAt.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)}Z`,
          }))}
          now={now.toISOString()}
          part={part}
          editedId={typeof edit === 'string' ? edit : undefined}
          isEditedDeleted={deletedEdit !== null}
          focused={changed?.focused}
        />
        <TaskPagination part={part} nextCursor={nextCursor} />
        <UndoBar actor={actor} now={now} />
      </PageColumn>
    </SignedInPage>
  )
}

function isLinkNew(signedUpAt: Date, now: Date): boolean {
  return secondsLater(signedUpAt, LINK_SECONDS.confirm_email) > now
}
