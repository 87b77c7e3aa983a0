import type { ReactNode } from 'react'
import { RelativeDate } from '#components/ui/relative-date.tsx'

type TaskRowLayoutProps = {
  title: string
  description?: string | null
  completed: boolean
  /** ISO 8601. */
  createdAt: string
  /** The server's clock, ISO 8601. */
  now: string
  /** A TaskCheckbox. */
  checkbox: ReactNode
  /** A link or button to edit the task, and one to delete it. */
  tools: ReactNode
  /** Folds the row while the task is being deleted. */
  leaving?: boolean
}

export function TaskRowLayout({
  title,
  description,
  completed,
  createdAt,
  now,
  checkbox,
  tools,
  leaving = false,
}: TaskRowLayoutProps) {
  return (
    <li className={leaving ? 'task task-leaving' : 'task'}>
      <div>
        {checkbox}
        <div className="task-text">
          <p className={completed ? 'task-done' : undefined}>{title}</p>
          {description && <p>{description}</p>}
        </div>
        <div className="task-tools">{tools}</div>
        <RelativeDate at={createdAt} now={now} />
      </div>
    </li>
  )
}
