import { PageColumn } from '#components/shell/page-column.tsx'
import { TaskBoard } from '#components/tasks/task-board.tsx'
import { TaskPagination } from '#components/tasks/task-pagination.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { parseCursor } from '#lib/page.ts'
import { fingerprintsOf } from '#lib/tasks/fingerprint.ts'
import { getDeletedTask } from '#lib/tasks/get-deleted-task.ts'
import { listTasks } from '#lib/tasks/list-tasks.ts'
import { SignedInPage } from '../signed-in-page.tsx'

export default async function TasksPage({ searchParams }: PageProps<'/tasks'>) {
  const actor = await requireActor('/tasks')
  const { cursor: cursorParam, edit, deleted: deletedParam } = await searchParams
  const cursor = parseCursor(cursorParam)
  const [{ tasks, nextCursor }, deleted, deletedEdit, hasStayed] = await Promise.all([
    listTasks(actor, { cursor }),
    typeof deletedParam === 'string' ? getDeletedTask(actor, deletedParam) : null,
    typeof edit === 'string' ? getDeletedTask(actor, edit) : null,
    hasFlashMessage('stayed-logged-in', actor),
  ])
  return (
    <SignedInPage actor={actor} path="/tasks">
      <PageColumn heading="Tasks">
        {hasStayed && (
          <PageNotice>
            You’re still logged in as {actor.email}. The page where you chose “Log out” belongs to another
            account.
          </PageNotice>
        )}
        <TaskBoard
          tasks={tasks.map((task) => ({
            id: task.id,
            title: task.title,
            description: task.description,
            completed: task.completedAt !== null,
            createdAt: task.createdAt.toISOString(),
            fingerprints: fingerprintsOf(task),
          }))}
          now={new Date().toISOString()}
          cursor={cursor}
          editedId={typeof edit === 'string' ? edit : undefined}
          isEditedDeleted={deletedEdit !== null}
          deleted={deleted}
        />
        <TaskPagination isFirstPage={!cursor} nextCursor={nextCursor} />
      </PageColumn>
    </SignedInPage>
  )
}
