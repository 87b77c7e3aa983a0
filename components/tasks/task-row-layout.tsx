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
  /** A form with a TaskCheckbox. */
  checkbox: ReactNode
  /** A link or button to edit the task, and a form to delete it. */
  actions: ReactNode
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
  actions,
  leaving = false,
}: TaskRowLayoutProps) {
  return (
    <li
      className={`group/row -ml-3 grid transition-[grid-template-rows,opacity] ${leaving ? 'grid-rows-[0fr] opacity-0' : 'grid-rows-[1fr]'}`}
    >
      <div className={`flex min-h-0 items-start ${leaving ? 'overflow-hidden' : ''}`}>
        <div className="shrink-0">{checkbox}</div>
        <div className="min-w-0 grow py-2.5 pl-0.5">
          <p
            className={`wrap-anywhere transition-colors ${completed ? 'text-quiet line-through decoration-1' : ''}`}
          >
            {title}
          </p>
          {description && (
            <p className="wrap-anywhere mt-0.5 line-clamp-3 whitespace-pre-line text-quiet text-small">
              {description}
            </p>
          )}
        </div>
        <div className="flex shrink-0 pl-2 max-sm:-mr-3 transition-opacity group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-fine:opacity-0 contrast-more:opacity-100">
          {actions}
        </div>
        <RelativeDate
          at={createdAt}
          now={now}
          className="min-w-20 shrink-0 py-3 pl-2 text-right text-quiet text-small tabular-nums max-sm:hidden"
        />
      </div>
    </li>
  )
}
