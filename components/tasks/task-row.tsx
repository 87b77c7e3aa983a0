'use client'

import { type MouseEvent, memo, useOptimistic } from 'react'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { DeleteTaskButton, EditTaskLink } from '#components/tasks/task-buttons.tsx'
import { TaskCheckbox } from '#components/tasks/task-checkbox.tsx'
import { TaskRowLayout } from '#components/tasks/task-row-layout.tsx'
import { focusNextTask } from './focus-task.ts'
import { changeButton } from './task-changes.tsx'
import type { ListPart, TaskView } from './task-view.ts'

type TaskRowProps = {
  task: TaskView
  now: string
  part: ListPart
  /** After its editor closed. */
  takesFocus: boolean
  /** On the page as it is loaded. */
  hasFocus: boolean
  sender: FormSender
  onEdit: () => void
}

/**
 * Renders again only for another task, so that a click in a list of 200 is painted without delay. Its functions need no
 * comparison: they set state, which those of an earlier render do as well.
 */
export const TaskRow = memo(Row, (before, after) =>
  (['task', 'now', 'part', 'takesFocus', 'hasFocus'] as const).every((name) => before[name] === after[name]),
)

function Row({ task, now, part, takesFocus, hasFocus, sender, onEdit }: TaskRowProps) {
  const { id, title } = task
  const [completed, setCompleted] = useOptimistic(task.completed ?? false)
  const [leaving, setLeaving] = useOptimistic(false)

  function leave() {
    setLeaving(true)
    focusNextTask(id)
  }

  function openEditor(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    onEdit()
  }

  return (
    <TaskRowLayout
      {...task}
      completed={completed}
      now={now}
      leaving={leaving}
      checkbox={
        <TaskCheckbox
          {...changeButton(
            { name: completed ? 'reopen' : 'complete', value: id },
            { sender, optimistically: () => setCompleted(!completed) },
          )}
          title={title}
          checked={completed}
          autoFocus={hasFocus}
        />
      }
      tools={
        <>
          <EditTaskLink
            ref={takesFocus ? takeFocus : null}
            title={title}
            href={`/tasks?${new URLSearchParams({ ...part, edit: id })}`}
            onClick={openEditor}
          />
          <DeleteTaskButton
            {...changeButton({ name: 'delete', value: id }, { sender, optimistically: leave })}
            title={title}
          />
        </>
      }
    />
  )
}

function takeFocus(link: HTMLElement | null) {
  link?.focus()
}
