import type { FieldIssue } from '#lib/failure.ts'
import { listFields } from './fields.ts'

/** The dates and times that are half typed. Browsers send them as empty. */
export function findUnfinished(form: HTMLFormElement): FieldIssue[] {
  return listFields(form)
    .filter(({ validity }) => validity.badInput)
    .map(({ name, type }) => ({ field: name, issue: `Finish the ${type}, or clear it.` }))
}
