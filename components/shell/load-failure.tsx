import { Button } from '#components/ui/button'
import { FormColumn } from './form-column'

/**
 * Whether a part of a page did not arrive: one of its scripts (an error of Turbopack's), or its own end (one of React's).
 * Neither is a fault of the page.
 */
export function isLoadError({ name, message }: Error): boolean {
  return name === 'ChunkLoadError' || message === 'Connection closed.'
}

/** In place of a page of which a part did not arrive. A script that failed once is not asked for again without a reload. */
export function LoadFailure() {
  return (
    <>
      <title>Page not loaded – Taskward</title>
      <FormColumn heading="This page did not load completely">
        <p className="text-quiet">
          The connection failed, or Taskward was updated while this page was open. Everything you saved before
          is still there.
        </p>
        <Button type="button" onClick={() => window.location.reload()} className="mt-6">
          Load the page again
        </Button>
      </FormColumn>
    </>
  )
}
