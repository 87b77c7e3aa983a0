import type { FormEvent } from 'react'
import { renameListAction } from '#app/(app)/tasks/lists/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { usePageForms } from '#components/form/page-forms.tsx'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { hasFailed } from '#lib/form-state.ts'

/** A name that comes from elsewhere leaves an open form as it is. */
export function RenameListForm({ id, name }: { id: string; name: string }) {
  const formName = `rename-list ${id}`
  const sender = useFormSender(renameListAction, { name: formName })
  const { state, pending, send } = sender
  const isReturned = usePageForms().returned.some(({ form }) => form === formName)

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    if (!pending) send(new FormData(form), { onDone: () => close(form) })
  }

  const error = state.errors.find(({ field }) => field === 'name')?.issue
  return (
    <details open={hasFailed(state) || isReturned}>
      <summary aria-label={`Rename: ${name}`}>Rename</summary>
      <ActionForm sender={sender} onSubmit={onSubmit} noValidate>
        <FormErrors state={state} fields={['name']} />
        <HiddenFields fields={{ id }} />
        <TextField
          label="Name"
          name="name"
          id={`name-${id}`}
          dir="auto"
          autoComplete="off"
          defaultValue={state.values.name ?? name}
          {...(error && { error, autoFocus: true })}
        />
        <Button pending={pending}>Save</Button>
      </ActionForm>
    </details>
  )
}

/** The name of the field follows that of the list again. */
function close(form: HTMLFormElement) {
  form.reset()
  const details = form.closest('details')
  if (details) details.open = false
  details?.querySelector('summary')?.focus()
}
