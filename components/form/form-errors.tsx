import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { type FormState, hasFailed } from '#lib/form-state.ts'

type FormErrorsProps = {
  state: FormState
  /** What the ids of the form's controls end with, where a page holds several of them. */
  idSuffix?: string
}

/** The problems of a form that was sent, on top of it; nothing while there are none. */
export function FormErrors({ state, idSuffix = '' }: FormErrorsProps) {
  if (!hasFailed(state)) return null
  const errors = state.errors.map(({ field, issue }) => ({ field: field + idSuffix, message: issue }))
  return (
    <ErrorSummary title={state.message ?? 'There is a problem'} errors={errors} attempt={state.attempt} />
  )
}
