import { TaskCheckbox } from './task-checkbox.tsx'
import { TaskRowLayout } from './task-row-layout.tsx'
import type { TaskGroup, TaskView } from './task-view.ts'

type StaticTaskRowProps = { task: Omit<TaskView, 'id'>; begins?: TaskGroup | undefined }

/** A task row without controls: an example, or a task that is being saved. */
export function StaticTaskRow({ task, begins }: StaticTaskRowProps) {
  const { title, completed = false } = task
  return (
    <TaskRowLayout
      task={task}
      begins={begins}
      checkbox={<TaskCheckbox title={title} checked={completed} disabled />}
      title={
        <span dir="auto" className={completed ? 'task-done' : undefined}>
          {title}
        </span>
      }
    />
  )
}
