import type { ComponentProps } from 'react'
import { controlProps, Field, type FieldTexts } from './field.tsx'

type TextFieldProps = Omit<ComponentProps<'input'>, 'id' | 'name'> &
  FieldTexts & { name: string; id?: string }

/** `id` defaults to `name`; all other props go to the input. */
export function TextField({ label, hint, error, id, className = '', ...input }: TextFieldProps) {
  const fieldId = id ?? input.name
  return (
    <Field id={fieldId} label={label} hint={hint} error={error}>
      <input
        type="text"
        {...input}
        {...controlProps(fieldId, { hint, error })}
        className={`control h-11 ${className}`}
      />
    </Field>
  )
}
