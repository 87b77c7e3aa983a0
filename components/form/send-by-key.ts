import type { KeyboardEvent } from 'react'

/** Ctrl+Enter or ⌘+Enter sends a form from a field of several lines, too. */
export function sendByKey({ key, ctrlKey, metaKey, currentTarget }: KeyboardEvent<HTMLFormElement>): void {
  if (key === 'Enter' && (ctrlKey || metaKey)) currentTarget.requestSubmit()
}
