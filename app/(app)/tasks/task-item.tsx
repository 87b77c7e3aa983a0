'use client'

import { type FormEvent, type MouseEvent, useEffect, useOptimistic, useState } from 'react'
import { useSender } from '#components/form/use-sender'
import { DeleteTaskButton, EditTaskLink } from '#components/tasks/row-action'
import { TaskCheckbox } from '#components/tasks/task-checkbox'
import { TaskRow } from '#components/tasks/task-row'
import { type FormAction, type FormState, hasFailed } from '#lib/form-state'
import { completeTaskAction, deleteTaskAction } from './actions'
import { EditTaskForm } from './edit-task-form'
import { HiddenFields } from './hidden-fields'
import type { TaskView } from './task-view'

type TaskItemProps = {
  task: TaskView
  now: string
  cursor: string | undefined
  isEditedAtFirst: boolean
  onDeleted: () => void
  onProblem: (problem: FormState) => void
}

/** One task: a row, or its editor in the row's place. */
export function TaskItem({ task, now, cursor, isEditedAtFirst, onDeleted, onProblem }: TaskItemProps) {
  const [editing, setEditing] = useState(isEditedAtFirst)
  const [completed, setCompleted] = useOptimistic(task.completed)
  const [leaving, setLeaving] = useOptimistic(false)
  const completion = useRowForm(completeTaskAction, onProblem)
  const deletion = useRowForm(deleteTaskAction, onProblem)
  const editLinkId = `edit-${task.id}`

  function closeEditor() {
    setEditing(false)
    requestAnimationFrame(() => document.getElementById(editLinkId)?.focus())
  }

  function openEditor(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    setEditing(true)
  }

  if (editing) {
    return (
      <li>
        <EditTaskForm task={task} cursor={cursor} onClose={closeEditor} />
      </li>
    )
  }
  return (
    <TaskRow
      title={task.title}
      description={task.description}
      completed={completed}
      createdAt={task.createdAt}
      now={now}
      leaving={leaving}
      checkbox={
        <form {...completion({ optimistically: () => setCompleted(!completed) })}>
          <HiddenFields fields={{ id: task.id, completed: String(!completed), cursor }} />
          <TaskCheckbox title={task.title} checked={completed} />
        </form>
      }
      actions={
        <>
          <EditTaskLink
            id={editLinkId}
            title={task.title}
            href={`/tasks?${new URLSearchParams({ ...(cursor && { cursor }), edit: task.id })}`}
            onClick={openEditor}
          />
          <form {...deletion({ optimistically: () => setLeaving(true), onDone: onDeleted })}>
            <HiddenFields fields={{ id: task.id, cursor }} />
            <DeleteTaskButton title={task.title} />
          </form>
        </>
      }
    />
  )
}

/** The props of a form that is one button of a row; its failures go to the top of the list. */
function useRowForm(action: FormAction, onProblem: (problem: FormState) => void) {
  const { state, post, send } = useSender(action)
  useEffect(() => {
    if (hasFailed(state)) onProblem(state)
  }, [state, onProblem])

  return (hooks: Parameters<typeof send>[1]) => ({
    action: post,
    onSubmit(event: FormEvent<HTMLFormElement>) {
      event.preventDefault()
      send(new FormData(event.currentTarget), hooks)
    },
  })
}
