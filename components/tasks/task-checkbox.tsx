import type { ComponentProps } from 'react'

type TaskCheckboxProps = Omit<ComponentProps<'button'>, 'title'> & { title: string; checked: boolean }

/** A submit button with the role of a checkbox, so that it also works without JavaScript. With children it shows them as its name. */
export function TaskCheckbox({ title, checked, children, ...rest }: TaskCheckboxProps) {
  return (
    <button
      {...rest}
      role="checkbox"
      aria-checked={checked}
      aria-label={children ? undefined : title}
      className={children ? 'task-box task-box-labelled' : 'task-box'}
    >
      {children}
    </button>
  )
}
