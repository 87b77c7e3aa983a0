import type { Metadata } from 'next'
import { FormColumn } from '#components/shell/form-column'
import { SiteHeader } from '#components/shell/site-header'
import { Button } from '#components/ui/button'

export const metadata: Metadata = { title: 'We’ll be right back – Taskward' }

/** Stands in for every page while the database is away. The gate answers with it, and with status 503. */
export default function UnavailablePage() {
  return (
    <>
      <SiteHeader />
      <FormColumn heading="We’ll be right back">
        <div className="grid gap-3 text-quiet">
          <p>
            We can’t reach our database at the moment. We are on it; this usually takes less than a minute.
          </p>
          <p>Your tasks are safe.</p>
        </div>
        {/* An empty address is the page that was asked for. */}
        <form className="mt-6">
          <Button>Try again</Button>
        </form>
      </FormColumn>
    </>
  )
}
