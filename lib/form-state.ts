import type { FieldIssue } from '#lib/failure.ts'

/** What a form shows after it was sent: nothing lost, except for passwords, which never come back. */
export type FormState = {
  /** 0 before the first try; another number for each one that failed. */
  attempt: number
  /** What went wrong as a whole; null where only fields are wrong, or nothing. */
  message: string | null
  errors: readonly FieldIssue[]
  /** What was typed, for a browser without JavaScript. */
  values: Record<string, string>
}

export const INITIAL_FORM_STATE: FormState = { attempt: 0, message: null, errors: [], values: {} }

/** A server action of a form. Without a failure it redirects or returns INITIAL_FORM_STATE. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

export function hasFailed(state: FormState): boolean {
  return state.message !== null || state.errors.length > 0
}

/** An issue as a person reads it. The API's fragments ("must not be empty") need their field's name in front. */
export function describeIssue({ field, issue }: FieldIssue): FieldIssue {
  if (!/^\p{Ll}/u.test(issue)) return { field, issue }
  const name = field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')
  return { field, issue: `${name} ${issue}.` }
}
