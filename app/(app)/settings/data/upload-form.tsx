import { AccountFields } from '#components/form/action-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { controlProps, Field } from '#components/ui/field.tsx'

const HINT = 'A CSV file from Todoist, or a CSV or JSON file from Taskward. Up to 10 MB and 20,000 rows.'

/** A plain form: it needs no scripts, and its file has more bytes than an action takes. */
export function UploadForm({ error }: { error: string | undefined }) {
  return (
    <form action="/settings/data/upload" method="post" encType="multipart/form-data" className="grid gap-4">
      <AccountFields />
      <Field id="file" label="File" hint={HINT} error={error}>
        <input
          type="file"
          name="file"
          accept=".csv,.json,text/csv,application/json"
          {...controlProps('file', { hint: HINT, error })}
          // biome-ignore lint/a11y/noAutofocus: as the fields of other forms that come back with an error
          autoFocus={error !== undefined}
          className="control py-2"
        />
      </Field>
      <Button variant="quiet" className="justify-self-start">
        Show preview
      </Button>
    </form>
  )
}
