import Link from 'next/link'
import type { ComponentProps } from 'react'
import { Icon } from '#components/ui/icon.tsx'

const BUTTON_CLASSES =
  'grid size-11 place-items-center rounded-lg text-quiet transition-colors hover:bg-wash hover:text-ink'

export function EditTaskLink({
  title,
  ...rest
}: Omit<ComponentProps<typeof Link>, 'title'> & { title: string }) {
  return (
    <Link prefetch={false} {...rest} aria-label={`Edit ${title}`} className={BUTTON_CLASSES}>
      <Icon name="pencil" />
    </Link>
  )
}

type TaskButtonProps = Omit<ComponentProps<'button'>, 'title'> & { title: string }

export function EditTaskButton({ title, ...rest }: TaskButtonProps) {
  return (
    <button type="submit" {...rest} aria-label={`Edit ${title}`} className={BUTTON_CLASSES}>
      <Icon name="pencil" />
    </button>
  )
}

export function DeleteTaskButton({ title, ...rest }: TaskButtonProps) {
  return (
    <button
      type="submit"
      {...rest}
      aria-label={`Delete ${title}`}
      className={`${BUTTON_CLASSES} hover:text-danger`}
    >
      <Icon name="bin" />
    </button>
  )
}
