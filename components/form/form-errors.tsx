import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { type FormState, hasFailed } from '#lib/form-state.ts'

type FormErrorsProps = {
  state: FormState
  /** The suffix of the ids of the form's controls, where a page has several such forms. */
  idSuffix?: string
}

export function FormErrors({ state, idSuffix = '' }: FormErrorsProps) {
  if (!hasFailed(state)) return null
  const errors = state.errors.map(({ field, issue }) => ({ field: field + idSuffix, message: issue }))
  return (
    <ErrorSummary title={state.message ?? 'There is a problem'} errors={errors} attempt={state.attempt} />
  )
}
