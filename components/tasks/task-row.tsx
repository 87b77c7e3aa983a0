'use client'

import { type FormEvent, type MouseEvent, useOptimistic } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { DeleteTaskButton, EditTaskLink } from '#components/tasks/task-buttons.tsx'
import { TaskCheckbox } from '#components/tasks/task-checkbox.tsx'
import { TaskRowLayout } from '#components/tasks/task-row-layout.tsx'
import type { TaskView } from './task-view.ts'

type TaskRowProps = {
  task: TaskView
  now: string
  cursor: string | undefined
  /** After its editor closed or its deletion was undone. */
  takesFocus: boolean
  completing: FormSender
  deleting: FormSender
  onEdit: () => void
  onDeleted: () => void
}

export function TaskRow({
  task,
  now,
  cursor,
  takesFocus,
  completing,
  deleting,
  onEdit,
  onDeleted,
}: TaskRowProps) {
  const [completed, setCompleted] = useOptimistic(task.completed)
  const [leaving, setLeaving] = useOptimistic(false)

  function openEditor(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    onEdit()
  }

  return (
    <TaskRowLayout
      title={task.title}
      description={task.description}
      completed={completed}
      createdAt={task.createdAt}
      now={now}
      leaving={leaving}
      checkbox={
        <ActionForm {...rowForm(completing, { optimistically: () => setCompleted(!completed) })}>
          <HiddenFields fields={{ id: task.id, completed: String(!completed), cursor }} />
          <TaskCheckbox title={task.title} checked={completed} />
        </ActionForm>
      }
      actions={
        <>
          <EditTaskLink
            ref={takesFocus ? takeFocus : null}
            title={task.title}
            href={`/tasks?${new URLSearchParams({ ...(cursor && { cursor }), edit: task.id })}`}
            onClick={openEditor}
          />
          <ActionForm {...rowForm(deleting, { optimistically: () => setLeaving(true), onDone: onDeleted })}>
            <HiddenFields fields={{ id: task.id, cursor }} />
            <DeleteTaskButton title={task.title} />
          </ActionForm>
        </>
      }
    />
  )
}

/** The props of a form with a single button. */
function rowForm(sender: FormSender, hooks: Parameters<FormSender['send']>[1]) {
  return {
    sender,
    onSubmit(event: FormEvent<HTMLFormElement>) {
      event.preventDefault()
      sender.send(new FormData(event.currentTarget), hooks)
    },
  }
}

function takeFocus(link: HTMLElement | null) {
  link?.focus()
}
