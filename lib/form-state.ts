import type { FieldIssue } from '#lib/failure.ts'

export type FormState = {
  /** 0 at first; every failed submit has another number. */
  attempt: number
  /** Null if nothing failed, or only fields are wrong. */
  message: string | null
  errors: readonly FieldIssue[]
  /** Without passwords. */
  values: Record<string, string>
}

export const INITIAL_FORM_STATE: FormState = { attempt: 0, message: null, errors: [], values: {} }

/** Redirects or returns `INITIAL_FORM_STATE` on success. `previous` is null in a page's first forms, which keeps them short. */
export type FormAction = (previous: FormState | null, form: FormData) => Promise<FormState>

export function hasFailed(state: FormState): boolean {
  return state.message !== null || state.errors.length > 0
}
