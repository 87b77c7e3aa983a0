import type { ComponentProps } from 'react'
import { CONTROL_CLASSES, controlProps, Field, type FieldTexts } from './field.tsx'

type TextFieldProps = Omit<ComponentProps<'input'>, 'id' | 'name'> &
  FieldTexts & { name: string; id?: string }

/** One line of text. `id` is the name unless given; everything else goes to the native input, react-hook-form's `register()` included. */
export function TextField({ label, hint, error, labelHidden, id, className = '', ...input }: TextFieldProps) {
  const fieldId = id ?? input.name
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} labelHidden={labelHidden}>
      <input
        type="text"
        {...input}
        {...controlProps(fieldId, { hint, error })}
        className={`${CONTROL_CLASSES} h-11 ${className}`}
      />
    </Field>
  )
}
