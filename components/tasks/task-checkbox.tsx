import type { ComponentProps } from 'react'
import { Icon } from '#components/ui/icon.tsx'

type TaskCheckboxProps = Omit<ComponentProps<'button'>, 'title'> & { title: string; checked: boolean }

/** A submit button with the role of a checkbox, so that it also works without JavaScript. Needs its own form. */
export function TaskCheckbox({ title, checked, ...rest }: TaskCheckboxProps) {
  return (
    <button
      type="submit"
      {...rest}
      role="checkbox"
      aria-checked={checked}
      aria-label={title}
      className="group/box grid size-11 place-items-center rounded-lg"
    >
      <span
        className={`grid size-5 place-items-center rounded-md border-[1.5px] transition-colors ${
          checked
            ? 'border-accent bg-accent text-on-accent'
            : 'border-edge bg-surface text-transparent group-hover/box:border-accent'
        }`}
      >
        {checked && <Icon name="tick" className="size-4" />}
      </span>
    </button>
  )
}
