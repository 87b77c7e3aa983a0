import type { ComponentProps } from 'react'

// The style sheet draws their icons (task-list.css), so that a page of many tasks contains none.

type LinkProps = Omit<ComponentProps<'a'>, 'title' | 'href'> & { title: string; href: string }

/** Without the router, which the editor does not need: the list opens it in place. */
export function EditTaskLink({ title, href, ...rest }: LinkProps) {
  return <a {...rest} href={href} aria-label={`Edit ${title}`} />
}

type TaskButtonProps = Omit<ComponentProps<'button'>, 'title'> & { title: string }

export function EditTaskButton({ title, ...rest }: TaskButtonProps) {
  return <button {...rest} aria-label={`Edit ${title}`} />
}

export function DeleteTaskButton({ title, ...rest }: TaskButtonProps) {
  return <button {...rest} aria-label={`Delete ${title}`} />
}
