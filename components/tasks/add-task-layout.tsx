import type { ReactNode } from 'react'

type AddTaskLayoutProps = {
  /** A TextField "New task". */
  field: ReactNode
  /** A button "Add task". */
  button: ReactNode
}

export function AddTaskLayout({ field, button }: AddTaskLayoutProps) {
  return (
    <div className="flex flex-col gap-2 sm:flex-row sm:items-end">
      <div className="min-w-0 grow">{field}</div>
      {button}
    </div>
  )
}
