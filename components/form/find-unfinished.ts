import type { FieldIssue } from '#lib/failure.ts'
import { listFields } from './fields.ts'

/** The dates, times and numbers that are half typed. Browsers send them as empty. */
export function findUnfinished(form: HTMLFormElement): FieldIssue[] {
  return listFields(form)
    .filter(({ willValidate, validity }) => willValidate && validity.badInput)
    .map(({ name, type }) => ({ field: name, issue: `Finish the ${type}, or clear it.` }))
}
