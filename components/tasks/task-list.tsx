import type { ReactNode } from 'react'

export function TaskList({ children }: { children: ReactNode }) {
  return <ul aria-label="Tasks">{children}</ul>
}
