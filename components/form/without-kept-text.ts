import type { FormState } from '#lib/form-state.ts'

/** How messages end that are also for forms with typed text. */
const TEXT_IS_KEPT = / What you typed is still here\.$/

/** For a form that has no typed text, such as one that consists of buttons. */
export function withoutKeptText(state: FormState): FormState {
  return state.message ? { ...state, message: state.message.replace(TEXT_IS_KEPT, '') } : state
}
