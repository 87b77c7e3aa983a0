import { Button } from '#components/ui/button.tsx'
import { ErrorColumn } from './error-column.tsx'

/** The messages of a failed `fetch` in Chromium, Firefox and Safari. */
const NETWORK_ERROR =
  /^(network error|Failed to fetch|Error in input stream|NetworkError when attempting to fetch resource\.|Load failed)$/

/** True if part of a page did not arrive: a script (Turbopack), the end of the page (React) or of an answer (`fetch`). */
export function isLoadError({ name, message }: Error): boolean {
  const isNetworkError = name === 'TypeError' && NETWORK_ERROR.test(message)
  return name === 'ChunkLoadError' || message === 'Connection closed.' || isNetworkError
}

/** Offers a reload, because without one the browser does not request a failed script again. */
export function LoadError() {
  return (
    <>
      <title>Page not loaded – Taskward</title>
      <ErrorColumn heading="This page didn’t load completely">
        <p className="text-quiet">
          The connection failed, or Taskward was updated while this page was open. Everything you saved is
          still there.
        </p>
        <Button type="button" onClick={() => window.location.reload()} className="mt-6">
          Reload the page
        </Button>
      </ErrorColumn>
    </>
  )
}
