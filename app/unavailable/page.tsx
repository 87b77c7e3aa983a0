import type { Metadata } from 'next'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TEXT_FIELDS } from '#lib/gate/form-fields.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'

export const metadata: Metadata = { title: 'We’ll be right back – Taskward' }

/** The gate rewrites to this page, with status 503, while the database is unavailable. */
export default async function UnavailablePage() {
  const values = (await getReturnedForm())?.values ?? {}
  const text = TEXT_FIELDS.flatMap((name) => values[name] ?? []).join('\n\n')
  return (
    <>
      <SignedOutHeader />
      <FormColumn heading="We’ll be right back">
        <div className="grid gap-3 text-quiet">
          <p>We can’t reach our database right now. This usually takes less than a minute.</p>
          <p>Your tasks are safe.</p>
        </div>
        {text.trim() && (
          <div className="mt-6">
            <TextArea
              label="What you typed"
              name="unsent"
              hint="This is not saved. Copy it before you try again."
              rows={4}
              defaultValue={text}
              readOnly
            />
          </div>
        )}
        {/* Without an action, the form requests the original address again. */}
        <form className="mt-6">
          <Button>Try again</Button>
        </form>
      </FormColumn>
    </>
  )
}
