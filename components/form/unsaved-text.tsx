import { useId } from 'react'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'

/**
 * The typed text of a form that the page does not have any more, for the user to copy. No `TextArea`, since the 404 page, and
 * so every page, loads this.
 */
export function UnsavedText({ returned: { values } }: { returned: ReturnedForm }) {
  const id = useId()
  const text = [values.title, values.description, values.name].filter(Boolean).join('\n\n')
  return (
    text && (
      <div className="field">
        <label htmlFor={id}>What you typed</label>
        <textarea id={id} rows={4} readOnly defaultValue={text} className="control py-2" />
      </div>
    )
  )
}
