import { SelectBoard } from '#components/tasks/select-board.tsx'
import { SortMenu } from '#components/tasks/sort-menu.tsx'
import { TaskBoard } from '#components/tasks/task-board.tsx'
import { TaskPagination } from '#components/tasks/task-pagination.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { getChangedBatch } from '#lib/http/changed-batch.ts'
import { countOpenTasks } from '#lib/tasks/count-open-tasks.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { getDeletedTask } from '#lib/tasks/get-deleted-task.ts'
import { findStart } from '#lib/tasks/journal/find-start.ts'
import { listTasks } from '#lib/tasks/list-tasks.ts'
import { renderMissing } from '../missing-page.tsx'
import { ActiveFilters } from './active-filters.tsx'
import { ArrivalNotice } from './arrival-notice.tsx'
import { describePlace } from './describe-place.ts'
import { canAddTo } from './fields-of-place.ts'
import { groupTasks } from './group-tasks.ts'
import { ImportHint } from './import-hint.tsx'
import { readTasks } from './read-tasks.ts'
import { SelectLink } from './select-link.tsx'
import { orderOf, readTaskQuery, sortsOf, tasksPath } from './task-query.ts'
import { TasksFrame } from './tasks-frame.tsx'

export default async function TasksPage({ searchParams }: PageProps<'/tasks'>) {
  const params = await searchParams
  const { query, dropped } = readTaskQuery(params)
  const actor = await requireActor(tasksPath(query))
  const now = new Date()
  const timeZone = actor.timeZone ?? 'UTC'
  const { edit, select } = params
  // Before the tasks, so that no change falls between the two.
  const { seq } = await findStart(actor, undefined)
  const [page, counts, deletedEdit, changed] = await Promise.all([
    readTasks(actor, query, now),
    countOpenTasks(actor, dayIn(timeZone, now)),
    typeof edit === 'string' ? getDeletedTask(actor, edit) : null,
    getChangedBatch(actor),
  ])
  if (!page.ok) return renderMissing({ actor })
  const { tasks, doneToday, nextCursor } = page.value
  const { view, list, q } = query
  const listNames = new Map(counts.lists.map(({ id, name }) => [id, name]))
  const isArchived = counts.lists.some(({ id, isArchived }) => id === list && isArchived)
  const order = orderOf(query)
  const sorts = sortsOf(query)
  const canMove = order === 'position'
  const groups = groupTasks(tasks, { query, doneToday, timeZone, now, listNames, isComplete: !nextCursor })
  const isUnused = groups.length === 0 && (await listTasks(actor, { limit: 1 })).tasks.length === 0
  const { heading, empty } = describePlace(query, { listName: list && listNames.get(list), isUnused })
  return (
    <TasksFrame
      actor={actor}
      seq={seq}
      now={now}
      counts={counts}
      current={view ?? list ?? (q ? undefined : 'all')}
      q={q}
      heading={heading}
      intro={
        isArchived && (
          <>
            This list is archived. You can restore it in <TextLink href="/tasks/lists">Manage lists</TextLink>
            .
          </>
        )
      }
      action={
        <div className="heading-actions">
          {tasks.length > 0 && (
            <SelectLink
              query={query}
              selected={typeof select === 'string' ? select : undefined}
              isWhole={!nextCursor && !query.cursor}
            />
          )}
          {tasks.length > 0 && sorts.length > 0 && <SortMenu place={query} sorts={sorts} current={order} />}
        </div>
      }
    >
      <ArrivalNotice actor={actor} />
      {dropped.length > 0 && (
        <PageNotice>
          This address has parts that make no sense here, so we ignored them: {dropped.join(', ')}.
        </PageNotice>
      )}
      <ActiveFilters query={query} />
      {typeof select === 'string' ? (
        <SelectBoard
          key={select}
          heading={heading}
          groups={groups}
          place={query}
          lists={counts.lists.filter(({ isArchived }) => !isArchived).map(({ id, name }) => ({ id, name }))}
          canMove={canMove}
          selected={select}
        />
      ) : (
        <TaskBoard
          heading={heading}
          groups={groups}
          now={now.toISOString()}
          place={query}
          canMove={canMove}
          canAdd={canAddTo(query)}
          {...(listNames.size > 0 && { listNames: [...listNames.values()] })}
          empty={{
            title: empty.title,
            text: empty.canImport ? <ImportHint>{empty.text}</ImportHint> : empty.text,
          }}
          {...(typeof edit === 'string' && { editedId: edit })}
          isEditedDeleted={deletedEdit !== null}
          {...(changed?.focused && { focused: changed.focused })}
        />
      )}
      <TaskPagination
        place={query}
        nextCursor={nextCursor}
        isByAge={order === 'created' || order === 'completed'}
      />
    </TasksFrame>
  )
}
