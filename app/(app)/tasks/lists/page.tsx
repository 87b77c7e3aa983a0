import { ListBoard } from '#components/tasks/list-board.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { countOpenTasks } from '#lib/tasks/count-open-tasks.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { findStart } from '#lib/tasks/journal/find-start.ts'
import { TasksFrame } from '../tasks-frame.tsx'

const PATH = '/tasks/lists'

export default async function ListsPage() {
  const actor = await requireActor(PATH)
  const now = new Date()
  const { seq } = await findStart(actor, undefined)
  const counts = await countOpenTasks(actor, dayIn(actor.timeZone ?? 'UTC', now))
  const views = counts.lists.map(({ id, name, openCount, isArchived }) => ({
    id,
    name,
    count: openCount,
    isArchived,
  }))
  return (
    <TasksFrame actor={actor} seq={seq} now={now} counts={counts} path={PATH} current="lists" heading="Lists">
      <ListBoard lists={views} />
    </TasksFrame>
  )
}
