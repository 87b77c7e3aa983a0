'use client'

import { AlertIcon } from './alert-icon.tsx'

type ErrorSummaryProps = {
  title: string
  /** Counts failed attempts, so that a repeated failure takes the focus again. */
  attempt?: number
}

/** Why a form failed, above it. Takes the focus whenever it changes. */
export function ErrorSummary({ title, attempt }: ErrorSummaryProps) {
  return (
    <div
      // A new element is announced again, and its ref runs again.
      key={JSON.stringify([title, attempt])}
      ref={takeFocus}
      // For the answer to a form that was posted without JavaScript.
      autoFocus
      role="alert"
      tabIndex={-1}
      className="error-summary"
    >
      <AlertIcon className="mt-0.5 size-5 shrink-0 text-danger" />
      <p className="min-w-0 font-medium">{title}</p>
    </div>
  )
}

function takeFocus(box: HTMLElement | null) {
  box?.focus()
}
