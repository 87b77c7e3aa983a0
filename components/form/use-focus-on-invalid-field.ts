import { useEffect, useRef } from 'react'
import type { FormState } from '#lib/form-state.ts'

/**
 * Focuses the first invalid field of a form after each answer with errors. Not on the first render: the served page has
 * focused it (`autoFocus`), and since then the user may have continued elsewhere.
 */
export function useFocusOnInvalidField(state: FormState, formName: string): void {
  const handled = useRef(state)
  useEffect(() => {
    if (handled.current === state) return
    handled.current = state
    if (state.errors.length > 0) focusInvalidField(document.forms.namedItem(formName))
  }, [state, formName])
}

function focusInvalidField(form: HTMLFormElement | null) {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  // Screen readers describe a field when it gets the focus, so not if it has the focus already.
  field?.blur()
  field?.focus()
}
