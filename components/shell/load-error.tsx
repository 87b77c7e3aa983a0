import { Button } from '#components/ui/button.tsx'
import { FormColumn } from './form-column.tsx'

/** What browsers call a `fetch` that failed or broke off: Chromium, Firefox, Safari. */
const NETWORK_ERROR =
  /^(network error|Failed to fetch|Error in input stream|NetworkError when attempting to fetch resource\.|Load failed)$/

/**
 * Whether a part of a page did not arrive: a script (Turbopack's error), the end of the page (React's), or the rest of an
 * answer. None is a fault of the page.
 */
export function isLoadError({ name, message }: Error): boolean {
  const isOfNetwork = name === 'TypeError' && NETWORK_ERROR.test(message)
  return name === 'ChunkLoadError' || message === 'Connection closed.' || isOfNetwork
}

/** In place of a page that did not arrive completely. Without a reload no script that failed is requested again. */
export function LoadError() {
  return (
    <>
      <title>Page not loaded – Taskward</title>
      <FormColumn heading="This page didn’t load completely">
        <p className="text-quiet">
          The connection failed, or Taskward was updated while this page was open. Everything you saved is
          still there.
        </p>
        <Button type="button" onClick={() => window.location.reload()} className="mt-6">
          Reload the page
        </Button>
      </FormColumn>
    </>
  )
}
