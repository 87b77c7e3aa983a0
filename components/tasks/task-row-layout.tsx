import type { ReactNode } from 'react'
import { TaskMeta } from './task-meta.tsx'
import type { TaskGroup, TaskView } from './task-view.ts'

type TaskRowLayoutProps = {
  task: Omit<TaskView, 'id'>
  /** The group that the row begins. Its heading is in the row, because a list contains nothing but its tasks. */
  begins?: TaskGroup | undefined
  /** A TaskCheckbox. */
  checkbox: ReactNode
  /** A link to the task, or its title. */
  title: ReactNode
  /** A button to delete the task. */
  tools?: ReactNode
  /** Folds the row while the task is being deleted. */
  leaving?: boolean
  /** Why the last tick was not saved. */
  problem?: string
}

export function TaskRowLayout({
  task,
  begins,
  checkbox,
  title,
  tools,
  leaving = false,
  problem,
}: TaskRowLayoutProps) {
  return (
    <li className={leaving ? 'task task-leaving' : 'task'}>
      {begins?.heading && (
        <h2 className={begins.isOverdue && 'overdue'}>
          {begins.heading} {begins.count && <span>{begins.count}</span>}
        </h2>
      )}
      <div>
        {checkbox}
        <div className="task-text">
          {title}
          <TaskMeta {...task} />
          {task.description && <p dir="auto">{task.description}</p>}
        </div>
        {tools}
        {problem && (
          <p role="alert" className="task-problem">
            {problem}
          </p>
        )}
      </div>
    </li>
  )
}
