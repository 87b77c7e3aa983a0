import type { ComponentProps, ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'

type AddTaskLayoutProps = {
  /** A TextField "New task". Its label is hidden, so it needs a placeholder. */
  field: ReactNode
  /** An AddTaskButton. */
  button: ReactNode
}

export function AddTaskLayout({ field, button }: AddTaskLayoutProps) {
  return (
    <div className="add-task">
      {field}
      {button}
    </div>
  )
}

type AddTaskButtonProps = ComponentProps<typeof Button> & {
  /** How many tasks it adds. */
  count?: number
}

export function AddTaskButton({ count = 1, ...props }: AddTaskButtonProps) {
  return (
    <Button {...props}>
      <span>
        Add {count > 1 && count} <span className="max-sm:sr-only">{count > 1 ? 'tasks' : 'task'}</span>
      </span>
    </Button>
  )
}
