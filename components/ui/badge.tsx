import type { ReactNode } from 'react'

type BadgeProps = { tone?: 'danger' | 'warning'; children: ReactNode }

/** A word next to a name, about what is not usual. */
export function Badge({ tone, children }: BadgeProps) {
  return (
    <span className={`badge ${tone === 'danger' ? 'text-danger' : tone === 'warning' ? 'text-warning' : ''}`}>
      {children}
    </span>
  )
}
