import type { ComponentProps, ReactNode } from 'react'

type CheckboxFieldProps = Omit<ComponentProps<'input'>, 'type' | 'name'> & {
  name: string
  label: string
  hint?: ReactNode
}

/** A checkbox with its label on the right. `id` defaults to `name`. */
export function CheckboxField({ label, hint, ...input }: CheckboxFieldProps) {
  const id = input.id ?? input.name
  return (
    <div>
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          {...input}
          type="checkbox"
          id={id}
          aria-describedby={hint ? `${id}-hint` : input['aria-describedby']}
          className="checkbox"
        />
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="pl-8 text-quiet text-small">
          {hint}
        </p>
      )}
    </div>
  )
}
