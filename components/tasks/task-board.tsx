'use client'

import {
  type ReactNode,
  startTransition,
  useEffect,
  useLayoutEffect,
  useOptimistic,
  useReducer,
  useRef,
} from 'react'
import { addTaskAction, changeTaskAction } from '#app/(app)/tasks/actions.ts'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { usePageForms } from '#components/form/page-forms.tsx'
import UnsavedText from '#components/form/unsaved-text.tsx'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { withoutKeptText } from '#components/form/without-kept-text.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { type FormState, hasFailed, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { TASK_FAILURES } from '#lib/tasks/errors.ts'
import type { Tick } from '#lib/tasks/tick-tasks.ts'
import { AddTaskForm } from './add-task-form.tsx'
import { EditTaskForm, editorName } from './edit-task-form.tsx'
import { focusOpened } from './focus-task.ts'
import { StaticTaskRow } from './static-task-row.tsx'
import { TaskChangesForm } from './task-changes.tsx'
import { TaskList } from './task-list.tsx'
import { TaskRow } from './task-row.tsx'
import { pathOf, type TaskGroup, type TaskPlace, type TaskView } from './task-view.ts'
import { useDrops } from './use-drops.ts'
import { usePlacedRows } from './use-placed-rows.ts'
import { useTicks } from './use-ticks.ts'

type TaskBoardProps = {
  heading: string
  groups: TaskGroup[]
  /** The server's clock, ISO 8601. */
  now: string
  place: TaskPlace
  /** Whether the tasks are in the order of the user. */
  canMove: boolean
  /** Whether the place takes new tasks. */
  canAdd: boolean
  /** Of all lists, for the field "New task". */
  listNames?: string[]
  empty: { title: string; text: ReactNode }
  /** The task whose editor is open at first: "Edit" without JavaScript. */
  editedId?: string
  isEditedDeleted: boolean
  /** The end of the id of the task that has the focus at first. */
  focused?: string
}

const EDITED_IS_DELETED: FormState = { ...INITIAL_FORM_STATE, message: TASK_FAILURES.TASK_NOT_FOUND.text }
const EDITED_IS_ABSENT: FormState = {
  ...INITIAL_FORM_STATE,
  message:
    'The task you want to edit is not on this page. It may have been deleted, or be further down the list.',
}

/** Numbers the failures of all forms, so that a repeated message takes the focus again. */
function numberAttempt(last: FormState | null, next: FormState): FormState {
  return { ...next, attempt: (last?.attempt ?? 0) + 1 }
}

/** The task list with its forms. Shows changes optimistically, then the server's state. */
export function TaskBoard({
  heading,
  groups,
  now,
  place,
  canMove,
  canAdd,
  listNames = [],
  empty,
  editedId,
  isEditedDeleted,
  focused,
}: TaskBoardProps) {
  const [unsaved, addOptimistically] = useOptimistic<TaskView[], string[]>([], (list, titles) => [
    ...titles.map((title, index) => ({ id: `unsaved-${list.length + titles.length - index}`, title })),
    ...list,
  ])

  const path = pathOf(place)
  useEffect(() => focusOpened(path), [path])

  const { returned } = usePageForms()
  const tasks = groups.flatMap((group) => group.tasks)
  const isReturned = ({ id }: TaskView) => returned.some(({ form }) => form === editorName(id))
  const returnedIds = tasks.filter(isReturned).map(({ id }) => id)
  const editedIds = returnedIds.length === 0 && editedId !== undefined ? [editedId] : returnedIds
  const withoutRow = returned.filter(
    ({ form, values: { id = '' } }) => form === editorName(id) && !returnedIds.includes(id),
  )

  const isEditedAbsent =
    editedId !== undefined && returned.length === 0 && !tasks.some(({ id }) => id === editedId)
  const notEditable = isEditedDeleted ? EDITED_IS_DELETED : EDITED_IS_ABSENT
  const [answer, onAnswer] = useReducer(numberAttempt, isEditedAbsent ? notEditable : null)
  // Not in the rows: after a post without JavaScript, the row of the form may be gone.
  const adding = useFormSender(addTaskAction, { name: 'add-task', onAnswer })
  const changing = useFormSender(changeTaskAction, {
    name: 'change-task',
    onAnswer: (state) => onAnswer(withoutKeptText(state)),
  })
  const shown = useDrops(groups, { place, canMove, sender: changing })
  const { rows, open, close, closedId, keep, forget } = usePlacedRows(shown, { place, editedIds })
  const save = useTicks(onAnswer)
  const posted = [adding.state, changing.state].find(hasFailed)
  const problem = answer ?? posted ?? INITIAL_FORM_STATE

  const hasUnsent = hasFailed(adding.state)
  const seen = useRef({ path, answer })
  useLayoutEffect(() => {
    const before = seen.current
    seen.current = { path, answer }
    // A failure that comes with the next place is new to the user. That of a new task stays with its text.
    const isOld = before.path !== path && before.answer === answer
    if (isOld && hasFailed(problem) && !hasUnsent) onAnswer(INITIAL_FORM_STATE)
  }, [path, answer, problem, hasUnsent])

  async function tick(ticked: Tick) {
    keep(ticked.id)
    const failure = await save(ticked)
    if (failure) startTransition(() => forget(ticked.id))
    return failure
  }

  return (
    <>
      <div className="task-board">
        <FormErrors state={problem} fields={['title']} />
        {withoutRow.map((form) => (
          <UnsavedText key={form.form} returned={form} />
        ))}
        {canAdd && (
          <AddTaskForm sender={adding} place={place} listNames={listNames} onAdd={addOptimistically} />
        )}
        <TaskChangesForm sender={changing} place={place} canMove={canMove} order={rows.map(({ id }) => id)} />
        {unsaved.length + rows.length > 0 && (
          <TaskList>
            {unsaved.map((task) => (
              <StaticTaskRow key={task.id} task={task} />
            ))}
            {rows.map(({ id, task, begins, editor }) =>
              editor ? (
                <EditTaskForm
                  key={id}
                  editor={editor}
                  task={task}
                  now={now}
                  place={place}
                  heading={heading}
                  onClose={() => close(id)}
                />
              ) : (
                task && (
                  <TaskRow
                    key={id}
                    task={task}
                    begins={begins}
                    place={place}
                    takesFocus={id === closedId}
                    hasFocus={focused !== undefined && id.endsWith(focused)}
                    sender={changing}
                    onEdit={() => open(id)}
                    onTick={(isCompleted) => tick({ id, isCompleted })}
                    onDeleted={() => forget(id)}
                  />
                )
              ),
            )}
          </TaskList>
        )}
        {unsaved.length + rows.length === 0 && <EmptyState title={empty.title}>{empty.text}</EmptyState>}
      </div>
      {/* Behind the editors, because of several titles the first one counts. */}
      <FormTitle state={problem}>{heading}</FormTitle>
    </>
  )
}
