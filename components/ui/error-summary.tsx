'use client'

import { AlertIcon } from './alert-icon.tsx'

type FieldError = {
  /** The id of the field's control. */
  field: string
  message: string
}

type ErrorSummaryProps = {
  title: string
  errors?: FieldError[]
  /** Counts failed attempts, so that a repeated failure takes the focus again. */
  attempt?: number
}

/** The errors of a form, above it. Takes the focus whenever it changes, and links to the fields. */
export function ErrorSummary({ title, errors = [], attempt }: ErrorSummaryProps) {
  return (
    <div
      // A new element is announced again, and its ref runs again.
      key={JSON.stringify([title, errors, attempt])}
      ref={takeFocus}
      // For the answer to a form that was posted without JavaScript.
      autoFocus
      role="alert"
      tabIndex={-1}
      className="error-summary"
    >
      <AlertIcon className="mt-0.5 size-5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {errors.length > 0 && (
          <ul className="mt-1 grid gap-1">
            {errors.map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                <a href={`#${field}`}>{message}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

function takeFocus(box: HTMLElement | null) {
  box?.focus()
}
