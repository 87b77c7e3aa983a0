import type { MouseEvent } from 'react'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { usePageForms } from '#components/form/page-forms.tsx'
import { Button } from '#components/ui/button.tsx'

/** In the form that it cancels. @param form the id of a CancelForm */
export function CancelButton({ form, onCancel }: { form: string; onCancel: () => void }) {
  const { forget } = usePageForms()

  function cancel(event: MouseEvent<HTMLButtonElement>) {
    event.preventDefault()
    const edited = event.currentTarget.closest('form')
    if (edited) forget(new FormData(edited))
    onCancel()
  }

  return (
    <Button variant="quiet" form={form} onClick={cancel}>
      Cancel
    </Button>
  )
}

/** What "Cancel" sends without JavaScript: it requests the list again. A form cannot contain it. */
export function CancelForm({ id, path }: { id: string; path: string }) {
  const { pathname, searchParams } = new URL(path, 'http://localhost')
  return (
    <form id={id} action={pathname} hidden>
      <HiddenFields fields={Object.fromEntries(searchParams)} />
    </form>
  )
}
