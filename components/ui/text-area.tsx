import type { ComponentProps } from 'react'
import { controlProps, Field, type FieldTexts } from './field.tsx'

type TextAreaProps = Omit<ComponentProps<'textarea'>, 'id' | 'name'> &
  FieldTexts & { name: string; id?: string }

/** Grows with its text where the browser supports `field-sizing`. `id` defaults to `name`. */
export function TextArea({ label, hint, error, id, className = '', ...textarea }: TextAreaProps) {
  const fieldId = id ?? textarea.name
  return (
    <Field id={fieldId} label={label} hint={hint} error={error}>
      <textarea
        rows={3}
        {...textarea}
        {...controlProps(fieldId, { hint, error })}
        className={`control field-sizing-content max-h-96 min-h-24 resize-y py-2 ${className}`}
      />
    </Field>
  )
}
