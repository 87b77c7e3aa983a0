import type { ComponentProps } from 'react'
import { CONTROL_LOOK, Field, fieldWiring } from './field'

type SelectFieldProps = Omit<ComponentProps<'select'>, 'id' | 'name' | 'children'> & {
  name: string
  label: string
  /** What can be chosen: its value and its text. */
  options: readonly (readonly [value: string, text: string])[]
}

/** A choice among few. */
export function SelectField({ label, options, className = '', ...select }: SelectFieldProps) {
  return (
    <Field id={select.name} label={label}>
      <select {...select} {...fieldWiring(select.name, {})} className={`${CONTROL_LOOK} h-11 ${className}`}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  )
}
