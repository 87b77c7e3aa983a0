'use client'

import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { usePageForms } from './page-forms.tsx'

/** Explains why a returned form did not run. The form itself shows the typed text again. */
export function ReturnedFormNotice() {
  const [returned] = usePageForms().returned
  return (
    returned && (
      <div className="mt-6">
        {returned.isUnsent ? (
          <p role="status" className="notice">
            {returned.message}
          </p>
        ) : (
          <ErrorSummary title={returned.message} />
        )}
      </div>
    )
  )
}
