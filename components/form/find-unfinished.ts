import type { FieldIssue } from '#lib/failure.ts'
import { listFields } from './fields.ts'

/** The dates, times and numbers that are half typed. Browsers send them as empty. */
export function findUnfinished(form: HTMLFormElement): FieldIssue[] {
  return listFields(form)
    .filter((field) => field.validity.badInput && isShown(field))
    .map(({ name, type }) => ({ field: name, issue: `Finish the ${type}, or clear it.` }))
}

/** A field that another choice hides does nothing. */
function isShown(field: HTMLElement): boolean {
  return field.getClientRects().length > 0
}
