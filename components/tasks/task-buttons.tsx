import Link from 'next/link'
import type { ComponentProps } from 'react'
import { LinkProgress } from '#components/shell/link-progress.tsx'

type LinkProps = Omit<ComponentProps<typeof Link>, 'title'> & { title: string; completed: boolean }

/** The title itself: the way to the page of the task. */
export function EditTaskLink({ title, completed, ...rest }: LinkProps) {
  return (
    <Link
      {...rest}
      prefetch={false}
      dir="auto"
      aria-label={`Edit ${title}`}
      className={completed ? 'task-done' : undefined}
    >
      {title}
      <LinkProgress />
    </Link>
  )
}

type TaskButtonProps = Omit<ComponentProps<'button'>, 'title'> & { title: string }

/** The style sheet draws its icon, and finds it by its name (task-list.css): no row contains either. */
export function DeleteTaskButton({ title, ...rest }: TaskButtonProps) {
  return <button {...rest} aria-label={`Delete ${title}`} />
}
