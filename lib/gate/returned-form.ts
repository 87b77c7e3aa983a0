import { FORM_FIELD, typedValues } from './form-fields.ts'

/** Carries a form that did not run from the gate to the page that comes back. Only the gate sets it. */
export const RETURNED_FORM_HEADER = 'x-taskward-returned-form'

/** A form that comes back with the page: which one, what was typed, and why it did not run. */
export type ReturnedForm = { form: string; message: string; values: Record<string, string> }

/** A header's value: text of any script, on one line. */
export function packReturnedForm(fields: Record<string, string>, message: string): string {
  const returned = { form: fields[FORM_FIELD] ?? '', message, values: typedValues(fields) }
  return encodeURIComponent(JSON.stringify(returned))
}

export function unpackReturnedForm(header: string | null): ReturnedForm | null {
  return header === null ? null : JSON.parse(decodeURIComponent(header))
}
