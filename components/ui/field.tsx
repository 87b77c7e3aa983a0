import type { ReactNode } from 'react'
import { AlertIcon } from './alert-icon.tsx'

export type FieldTexts = {
  label: string
  hint?: ReactNode
  /** What is wrong with the value, and how to fix it. */
  error?: ReactNode
}

/** Label, hint, error and control, in the order of the GOV.UK Design System. */
export function Field({
  id,
  label,
  hint,
  error,
  children,
}: FieldTexts & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <div id={`${id}-hint`} className="field-hint">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} className="field-error">
          <AlertIcon className="" />
          <span>
            <span className="sr-only">Error: </span>
            <span>{error}</span>
          </span>
        </p>
      )}
      <div>{children}</div>
    </div>
  )
}

/** The id and ARIA attributes that connect a control with its Field. */
export function controlProps(id: string, { hint, error }: Pick<FieldTexts, 'hint' | 'error'>) {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return {
    id,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
    'aria-invalid': error ? true : undefined,
  }
}
