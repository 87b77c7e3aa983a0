import { TextArea } from '#components/ui/text-area.tsx'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { editorOf } from './edit-task-form.tsx'

/** What was typed in the editor of a task that is not on this page, so that it can be copied. */
export function UnsavedEdit({ returned: { form, values } }: { returned: ReturnedForm }) {
  const text = [values.title, values.description].filter(Boolean).join('\n\n')
  if (form !== editorOf(values.id ?? '') || !text) return null
  return <TextArea label="What you typed" name="lost" rows={4} defaultValue={text} readOnly />
}
