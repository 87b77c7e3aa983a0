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

export function AddTaskButton(props: ComponentProps<typeof Button>) {
  return (
    <Button {...props}>
      <span>
        Add <span className="max-sm:sr-only">task</span>
      </span>
    </Button>
  )
}
