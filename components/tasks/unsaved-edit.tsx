import { TextArea } from '#components/ui/text-area.tsx'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { editorName } from './edit-task-form.tsx'

/** The typed text of an editor whose task is not on this page, for the user to copy. */
export function UnsavedEdit({ returned: { form, values } }: { returned: ReturnedForm }) {
  const text = [values.title, values.description].filter(Boolean).join('\n\n')
  if (form !== editorName(values.id ?? '') || !text) return null
  return <TextArea label="What you typed" name="lost" rows={4} defaultValue={text} readOnly />
}
