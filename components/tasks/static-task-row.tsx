import { DeleteTaskButton, EditTaskButton } from './task-buttons.tsx'
import { TaskCheckbox } from './task-checkbox.tsx'
import { TaskRowLayout } from './task-row-layout.tsx'
import type { TaskView } from './task-view.ts'

type StaticTaskRowProps = Omit<TaskView, 'id'> & {
  /** The server's clock, ISO 8601. */
  now: string
}

/** A task row with disabled controls: an example, or a task that is being saved. */
export function StaticTaskRow({ title, completed, ...rest }: StaticTaskRowProps) {
  return (
    <TaskRowLayout
      {...rest}
      title={title}
      completed={completed ?? false}
      checkbox={<TaskCheckbox title={title} checked={completed ?? false} disabled />}
      tools={
        <>
          <EditTaskButton title={title} disabled />
          <DeleteTaskButton title={title} disabled />
        </>
      }
    />
  )
}
