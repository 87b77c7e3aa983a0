import { DeleteTaskButton, EditTaskButton } from './row-action.tsx'
import { TaskCheckbox } from './task-checkbox.tsx'
import { TaskRow } from './task-row.tsx'

type StillTaskProps = {
  title: string
  description?: string | null
  completed: boolean
  /** ISO 8601. */
  createdAt: string
  /** The server's clock, ISO 8601. */
  now: string
}

/** A task with which nothing can be done: one of a picture, or on its way to the server. */
export function StillTask({ title, completed, ...rest }: StillTaskProps) {
  return (
    <TaskRow
      {...rest}
      title={title}
      completed={completed}
      checkbox={<TaskCheckbox title={title} checked={completed} disabled />}
      actions={
        <>
          <EditTaskButton title={title} disabled />
          <DeleteTaskButton title={title} disabled />
        </>
      }
    />
  )
}
