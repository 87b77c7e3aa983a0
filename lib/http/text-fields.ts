import { isPasswordField } from '#lib/gate/form-fields.ts'

/** A form's texts with LF line ends in place of CRLF. Passwords stay as they are, as in the API. */
export function textFields(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(
    texts.map(([name, text]) => [name, isPasswordField(name) ? text : text.replaceAll('\r\n', '\n')]),
  )
}
