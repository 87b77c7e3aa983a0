import type { ComponentProps, ReactNode } from 'react'

type CheckboxFieldProps = Omit<ComponentProps<'input'>, 'type' | 'id' | 'name'> & {
  name: string
  label: string
  hint?: ReactNode
}

/** A choice with its label at the right, which is as good to press as the box. */
export function CheckboxField({ label, hint, ...input }: CheckboxFieldProps) {
  return (
    <div>
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          {...input}
          type="checkbox"
          id={input.name}
          aria-describedby={hint ? `${input.name}-hint` : undefined}
          className="size-5 shrink-0 cursor-pointer accent-accent"
        />
        {label}
      </label>
      {hint && (
        <p id={`${input.name}-hint`} className="pl-8 text-quiet text-small">
          {hint}
        </p>
      )}
    </div>
  )
}
