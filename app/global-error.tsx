'use client'

import { GeistSans } from 'geist/font/sans'
import { ErrorColumn } from '#components/shell/error-column.tsx'
import { isLoadError, LoadError } from '#components/shell/load-error.tsx'
import { Button } from '#components/ui/button.tsx'
import './globals.css'

/** Replaces a root layout that threw, so it renders the whole document. */
export default function GlobalError({ error }: { error: Error }) {
  return (
    <html lang="en" className={GeistSans.variable}>
      <body>{isLoadError(error) ? <LoadError /> : <LayoutError />}</body>
    </html>
  )
}

function LayoutError() {
  return (
    <>
      <title>Something went wrong – Taskward</title>
      <ErrorColumn heading="Something went wrong">
        <p className="text-quiet">
          We couldn’t show this page. The error is on our side. Everything you saved is still there.
        </p>
        <Button type="button" onClick={() => window.location.reload()} className="mt-6">
          Try again
        </Button>
      </ErrorColumn>
    </>
  )
}
