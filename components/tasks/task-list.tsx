import type { ReactNode } from 'react'

/** The list of TaskRows (and, in place of a row being edited, a TaskEditor within an `<li>`). */
export function TaskList({ children }: { children: ReactNode }) {
  return <ul aria-label="Tasks">{children}</ul>
}
