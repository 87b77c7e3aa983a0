import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { type FormState, hasFailed } from '#lib/form-state.ts'

type FormErrorsProps = {
  state: FormState
  /** The fields that show their own errors, which are not repeated (docs/decisions/0051-each-error-once.md). */
  fields?: readonly string[]
}

/** What failed, unless a field shows it. */
export function FormErrors({ state, fields = [] }: FormErrorsProps) {
  if (!hasFailed(state)) return null
  const others = state.errors.filter(({ field }) => !fields.includes(field))
  const text = state.message ?? others.map(({ issue }) => issue).join(' ')
  return text && <ErrorSummary title={text} attempt={state.attempt} />
}
