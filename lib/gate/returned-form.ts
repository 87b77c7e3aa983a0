import { FORM_FIELD, typedValues } from './form-fields.ts'

/** A form that did not run: its name, the typed values, and the reason. */
export type ReturnedForm = { form: string; message: string; values: Record<string, string> }

/** The form as a header value: text of any script, on one line. */
export function packReturnedForm(fields: Record<string, string>, message: string): string {
  const returned = { form: fields[FORM_FIELD] ?? '', message, values: typedValues(fields) }
  return encodeURIComponent(JSON.stringify(returned))
}

export function unpackReturnedForm(header: string | null): ReturnedForm | null {
  return header === null ? null : JSON.parse(decodeURIComponent(header))
}
