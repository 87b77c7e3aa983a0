import { describeNext } from '#components/tasks/preview-repeat.ts'
import { TaskControls } from '#components/tasks/task-controls.tsx'
import { TaskForm } from '#components/tasks/task-form.tsx'
import { TaskHistory } from '#components/tasks/task-history.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Actor } from '#lib/actor.ts'
import { requireActor } from '#lib/auth/actor.ts'
import { countOpenTasks } from '#lib/tasks/count-open-tasks.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { settableFieldsOf } from '#lib/tasks/edit-task.ts'
import { getDeletedTask } from '#lib/tasks/get-deleted-task.ts'
import { getTask } from '#lib/tasks/get-task.ts'
import { findStart } from '#lib/tasks/journal/find-start.ts'
import { listTaskChanges } from '#lib/tasks/journal/list-task-changes.ts'
import { namesOf } from '#lib/tasks/journal/names-of.ts'
import { describeTaskChange } from '#lib/tasks/journal/words/describe-change.ts'
import { repeatOf } from '#lib/tasks/repeat/repeat.ts'
import { splitRepeat } from '#lib/tasks/repeat/split-repeat.ts'
import type { SettableFields, Task } from '#lib/tasks/task.ts'
import { listTimeZones } from '#lib/time-zone-names.ts'
import { renderMissing } from '../../missing-page.tsx'
import { returnPath } from '../return-path.ts'
import { TasksFrame } from '../tasks-frame.tsx'
import { LinkedText } from './linked-text.tsx'
import { taskPath } from './task-path.ts'

export default async function TaskPage({ params, searchParams }: PageProps<'/tasks/[taskId]'>) {
  const [{ taskId }, { from: fromParam }] = await Promise.all([params, searchParams])
  const from = returnPath(fromParam)
  const actor = await requireActor(taskPath(taskId, from))
  const now = new Date()
  // Before the task: a change that commits in between is then announced, not missed.
  const { seq } = await findStart(actor, undefined)
  const found = await getTask(actor, taskId)
  const task = found.ok ? found.value : await getDeletedTask(actor, taskId)
  if (!task) return renderMissing({ actor })
  const today = dayIn(actor.timeZone ?? 'UTC', now)
  const [counts, changes] = await Promise.all([countOpenTasks(actor, today), readHistory(actor, task, today)])
  const lists = counts.lists.filter(({ id, isArchived }) => !isArchived || id === task.listId)
  const { id, version, repeatAnchor } = task
  const fields = { ...settableFieldsOf(task), id, version, repeatAnchor }
  const state = { id: task.id, isCompleted: task.completedAt !== null, isDeleted: !found.ok }
  return (
    <TasksFrame
      actor={actor}
      now={now}
      seq={seq}
      path={`/tasks/${task.id}`}
      counts={counts}
      heading={task.title}
      intro={<TextLink href={from}>Back to the list</TextLink>}
    >
      <div className="mt-2 grid grid-cols-1 gap-6">
        <TaskControls task={state} from={from} />
        {task.description && <LinkedText text={task.description} />}
        <TaskForm
          task={fields}
          repeatText={repeatOf(task)?.text ?? null}
          repeat={splitRepeat(task)}
          isDeleted={state.isDeleted}
          lists={[['', 'Inbox'], ...lists.map(({ id, name }) => [id, name] as const)]}
          timeZones={listTimeZones(task.dueZone)}
          nextDays={state.isCompleted ? '' : nextDays(fields, today)}
          now={now.toISOString()}
          today={today}
          from={from}
        />
        <section>
          <h2 className="mb-2 text-lead">History</h2>
          <TaskHistory changes={changes} now={now.toISOString()} />
          <p className="mt-3 text-small">
            <TextLink href="/tasks/history">Changes of all tasks</TextLink>
          </p>
        </section>
      </div>
    </TasksFrame>
  )
}

function nextDays(
  { repeat, repeatAnchor, dueOn }: SettableFields & Pick<Task, 'repeatAnchor'>,
  today: string,
) {
  if (!repeat) return ''
  return describeNext({ ...repeat, dueOn }, { ...repeat, anchor: repeatAnchor }, today)
}

/** With the creation, which the journal no longer has after a while. */
async function readHistory(actor: Actor, task: Task, today: string) {
  const changes = await listTaskChanges(actor, task.id)
  const vocabulary = { names: await namesOf(actor, changes), today }
  const described = changes.map((change) => ({
    id: String(change.seq),
    at: change.createdAt.toISOString(),
    phrases: describeTaskChange(change, vocabulary),
  }))
  const isWhole = changes.some(({ kind }) => kind === 'created')
  const creation = { id: 'creation', at: task.createdAt.toISOString(), phrases: [['Added']] }
  return isWhole ? described : [...described, creation]
}
