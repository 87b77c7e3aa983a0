import { FORM_FIELD, typedValues } from './form-fields.ts'

export type ReturnedForm = {
  form: string
  message: string
  values: Record<string, string>
  /** Was never sent: the browser kept its text. */
  isUnsent?: true
}

export function packReturnedForm(fields: Record<string, string>, message: string): string {
  const returned = { form: fields[FORM_FIELD] ?? '', message, values: typedValues(fields) }
  return encodeURIComponent(JSON.stringify(returned))
}

export function unpackReturnedForm(header: string | null): ReturnedForm | null {
  return header === null ? null : JSON.parse(decodeURIComponent(header))
}
