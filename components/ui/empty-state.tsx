import type { ReactNode } from 'react'

/** Says what belongs in an empty list and how to add it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="py-10">
      <p className="font-medium text-lead">{title}</p>
      <div className="mt-1 max-w-prose text-quiet">{children}</div>
      {action && <div className="mt-5">{action}</div>}
    </div>
  )
}
