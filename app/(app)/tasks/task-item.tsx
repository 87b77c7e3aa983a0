'use client'

import { type FormEvent, type MouseEvent, useOptimistic, useState } from 'react'
import type { Sender } from '#components/form/use-sender'
import { DeleteTaskButton, EditTaskLink } from '#components/tasks/row-action'
import { TaskCheckbox } from '#components/tasks/task-checkbox'
import { TaskRow } from '#components/tasks/task-row'
import { EditTaskForm } from './edit-task-form'
import { HiddenFields } from './hidden-fields'
import type { TaskView } from './task-view'

type TaskItemProps = {
  task: TaskView
  now: string
  cursor: string | undefined
  isEditedAtFirst: boolean
  /** It has just been brought back, and takes the focus that "Undo" had. */
  isRestored: boolean
  completing: Sender
  deleting: Sender
  onDeleted: () => void
}

/** One task: a row, or its editor in the row's place. */
export function TaskItem({
  task,
  now,
  cursor,
  isEditedAtFirst,
  isRestored,
  completing,
  deleting,
  onDeleted,
}: TaskItemProps) {
  const [editing, setEditing] = useState(isEditedAtFirst)
  const [wasEdited, setWasEdited] = useState(false)
  const [completed, setCompleted] = useOptimistic(task.completed)
  const [leaving, setLeaving] = useOptimistic(false)

  function closeEditor() {
    setEditing(false)
    setWasEdited(true)
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
        <form {...rowForm(completing, { optimistically: () => setCompleted(!completed) })}>
          <HiddenFields fields={{ id: task.id, completed: String(!completed), cursor }} />
          <TaskCheckbox title={task.title} checked={completed} />
        </form>
      }
      actions={
        <>
          <EditTaskLink
            ref={wasEdited || isRestored ? takeFocus : null}
            title={task.title}
            href={`/tasks?${new URLSearchParams({ ...(cursor && { cursor }), edit: task.id })}`}
            onClick={openEditor}
          />
          <form {...rowForm(deleting, { optimistically: () => setLeaving(true), onDone: onDeleted })}>
            <HiddenFields fields={{ id: task.id, cursor }} />
            <DeleteTaskButton title={task.title} />
          </form>
        </>
      }
    />
  )
}

/** The props of a form that is one button of a row. */
function rowForm({ post, send }: Sender, hooks: Parameters<Sender['send']>[1]) {
  return {
    action: post,
    onSubmit(event: FormEvent<HTMLFormElement>) {
      event.preventDefault()
      send(new FormData(event.currentTarget), hooks)
    },
  }
}

function takeFocus(link: HTMLElement | null) {
  link?.focus()
}
