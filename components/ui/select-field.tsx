import type { ComponentProps } from 'react'
import { controlProps, Field, type FieldTexts } from './field.tsx'

export type Options = readonly (readonly [value: string, text: string])[]

type SelectFieldProps = Omit<ComponentProps<'select'>, 'id' | 'name' | 'children'> &
  FieldTexts & {
    name: string
    options: Options
  }

export function SelectField({ label, hint, error, options, className = '', ...select }: SelectFieldProps) {
  return (
    <Field id={select.name} label={label} hint={hint} error={error}>
      <select
        {...select}
        {...controlProps(select.name, { hint, error })}
        className={`control h-11 ${className}`}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  )
}
