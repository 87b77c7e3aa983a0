import type { ComponentProps } from 'react'

type LinkProps = Omit<ComponentProps<'a'>, 'title' | 'href'> & {
  title: string
  href: string
  completed: boolean
}

/** The title itself. Without the router, which the editor does not need: the list opens it in place. */
export function EditTaskLink({ title, href, completed, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={href}
      dir="auto"
      aria-label={`Edit ${title}`}
      className={completed ? 'task-done' : undefined}
    >
      {title}
    </a>
  )
}

type TaskButtonProps = Omit<ComponentProps<'button'>, 'title'> & { title: string }

/** The style sheet draws its icon (task-list.css), so that a page of many tasks contains none. */
export function DeleteTaskButton({ title, ...rest }: TaskButtonProps) {
  return <button {...rest} aria-label={`Delete ${title}`} className="task-delete" />
}
