import { type FormState, hasFailed } from '#lib/form-state.ts'

/** The document title of a page with a form; it starts with "Error: " after a failed attempt. */
export function FormTitle({ state, children }: { state: FormState; children: string }) {
  return <title>{`${hasFailed(state) ? 'Error: ' : ''}${children} – Taskward`}</title>
}
