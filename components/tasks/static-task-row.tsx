import { DeleteTaskButton, EditTaskButton } from './task-buttons.tsx'
import { TaskCheckbox } from './task-checkbox.tsx'
import { TaskRowLayout } from './task-row-layout.tsx'

type StaticTaskRowProps = {
  title: string
  description: string | null
  completed: boolean
  /** ISO 8601. */
  createdAt: string
  /** The server's clock, ISO 8601. */
  now: string
}

/** A task row with disabled controls: an example, or a task that is being saved. */
export function StaticTaskRow({ title, completed, ...rest }: StaticTaskRowProps) {
  return (
    <TaskRowLayout
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
