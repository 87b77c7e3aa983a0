import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { ErrorColumn } from './error-column.tsx'
import { isLoadError, LoadError } from './load-error.tsx'
import { PageErrorHeader } from './page-error-header.tsx'

/** The props that Next.js passes to an `error.tsx`. */
export type PageErrorProps = { error: Error & { digest?: string }; retry: () => void }

/** Replaces a page that threw. */
export function PageError(props: PageErrorProps) {
  return (
    <>
      <PageErrorHeader />
      {isLoadError(props.error) ? <LoadError /> : <RenderError {...props} />}
    </>
  )
}

function RenderError({ retry, error: { digest } }: PageErrorProps) {
  return (
    <>
      <title>Something went wrong – Taskward</title>
      <ErrorColumn heading="Something went wrong">
        <div className="grid gap-3 text-quiet">
          <p>
            We couldn’t show this page. The error is on our side
            {/* Only errors of the server have a digest, and a line in its log. */}
            {digest ? ', and it has been logged.' : '.'}
          </p>
          <p>Everything you saved is still there. What you were typing may be lost.</p>
        </div>
        <div className="mt-6 flex flex-wrap gap-2">
          <Button type="button" onClick={retry}>
            Try again
          </Button>
          <LinkButton href="/" variant="quiet">
            Go to the start page
          </LinkButton>
        </div>
        {digest && (
          <p className="mt-6 text-quiet text-small">If you report this error, include this code: {digest}</p>
        )}
      </ErrorColumn>
    </>
  )
}
