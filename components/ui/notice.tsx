import type { ReactNode } from 'react'

/** A status message, such as "Deleted …", with an optional `action`, such as a form with "Undo". */
export function Notice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div
      className={`flex min-h-13 items-center justify-between gap-3 rounded-lg bg-wash py-1 pl-3.5 forced-colors:border ${action ? 'pr-1' : 'pr-3.5'}`}
    >
      <p role="status" className="wrap-anywhere min-w-0 py-2">
        {children}
      </p>
      {action && <div className="shrink-0 text-accent">{action}</div>}
    </div>
  )
}
