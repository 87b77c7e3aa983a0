'use client'

import { type MouseEvent, memo, useOptimistic, useState, useTransition } from 'react'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { focusNextTask } from './focus-task.ts'
import { DeleteTaskButton, EditTaskLink } from './task-buttons.tsx'
import { changeButton } from './task-changes.tsx'
import { TaskCheckbox } from './task-checkbox.tsx'
import { TaskRowLayout } from './task-row-layout.tsx'
import { type TaskGroup, type TaskPlace, type TaskView, taskPathOf } from './task-view.ts'
import type { TickFailure } from './use-ticks.ts'

type TaskRowProps = {
  task: TaskView
  begins: TaskGroup | undefined
  place: TaskPlace
  /** After its editor closed. */
  takesFocus: boolean
  /** On the page as it is loaded. */
  hasFocus: boolean
  sender: FormSender
  onEdit: () => void
  /** Saves a tick. */
  onTick: (isCompleted: boolean) => Promise<TickFailure | null>
  onDeleted: () => void
}

/**
 * Renders again only for another task, so that a click in a list of 200 is painted without delay. Its functions need no
 * comparison: those of an earlier render set the same state, of the same place.
 */
export const TaskRow = memo(Row, (before, after) =>
  (['task', 'begins', 'place', 'takesFocus', 'hasFocus'] as const).every(
    (name) => before[name] === after[name],
  ),
)

function Row({ task, begins, place, takesFocus, hasFocus, sender, onEdit, onTick, onDeleted }: TaskRowProps) {
  const { id, title } = task
  const [completed, setCompleted] = useOptimistic(task.completed ?? false)
  const [leaving, setLeaving] = useOptimistic(false)
  const [problem, setProblem] = useState('')
  const [, startTransition] = useTransition()

  function leave() {
    setLeaving(true)
    focusNextTask(id)
  }

  /** With Alt, a click edits the task in its row. */
  function openEditor(event: MouseEvent) {
    if (!event.altKey) return
    event.preventDefault()
    onEdit()
  }

  function tick(event: MouseEvent) {
    event.preventDefault()
    setProblem('')
    startTransition(async () => {
      setCompleted(!completed)
      const failure = await onTick(!completed)
      if (failure) startTransition(() => setProblem(failure.text))
    })
  }

  return (
    <TaskRowLayout
      task={task}
      begins={begins}
      leaving={leaving}
      problem={problem}
      checkbox={
        <TaskCheckbox
          {...changeButton({ name: completed ? 'reopen' : 'complete', value: id }, { sender })}
          title={title}
          checked={completed}
          autoFocus={hasFocus}
          onClick={tick}
        />
      }
      title={
        <EditTaskLink
          ref={takesFocus ? takeFocus : null}
          title={title}
          completed={completed}
          href={taskPathOf(id, place)}
          onClick={openEditor}
        />
      }
      tools={
        <DeleteTaskButton
          {...changeButton(
            { name: 'delete', value: id },
            { sender, optimistically: leave, onDone: onDeleted },
          )}
          title={title}
        />
      }
    />
  )
}

function takeFocus(link: HTMLElement | null) {
  link?.focus()
}
