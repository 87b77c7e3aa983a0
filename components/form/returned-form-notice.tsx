'use client'

import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { usePageForms } from './page-forms.tsx'

/** Why the form that the page came back with did not run. The form itself holds what was typed. */
export function ReturnedFormNotice() {
  const [returned] = usePageForms().returned
  return (
    returned && (
      <div className="mt-6">
        <ErrorSummary title={returned.message} />
      </div>
    )
  )
}
