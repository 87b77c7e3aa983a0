import type { ComponentProps } from 'react'

type TaskCheckboxProps = Omit<ComponentProps<'button'>, 'title'> & { title: string; checked: boolean }

/** A submit button with the role of a checkbox, so that it also works without JavaScript. */
export function TaskCheckbox({ title, checked, ...rest }: TaskCheckboxProps) {
  return <button {...rest} role="checkbox" aria-checked={checked} aria-label={title} className="task-box" />
}
