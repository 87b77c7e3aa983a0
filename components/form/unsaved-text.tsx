import { useId } from 'react'
import { TextArea } from '#components/ui/text-area.tsx'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'

/** The typed text of a form that is gone from the page, for the user to copy. */
export default function UnsavedText({ returned: { values } }: { returned: ReturnedForm }) {
  const id = useId()
  const text = [values.title, values.description, values.name].filter(Boolean).join('\n\n')
  return text && <TextArea label="What you typed" name="lost" id={id} rows={4} defaultValue={text} readOnly />
}
