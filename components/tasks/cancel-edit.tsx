import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { Button } from '#components/ui/button.tsx'

/** @param form the id of a CancelForm */
export function CancelButton({ form, onCancel }: { form: string; onCancel: () => void }) {
  return (
    <Button
      variant="quiet"
      form={form}
      onClick={(event) => {
        event.preventDefault()
        onCancel()
      }}
    >
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
