import { isPasswordField } from '#lib/gate/form-fields.ts'

/**
 * A form's texts, with the line ends of the web (CRLF) turned into those of everything else. Not in a password: the API
 * takes it as it is, and a browser's field cannot hold a line end.
 */
export function textFields(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(
    texts.map(([name, text]) => [name, isPasswordField(name) ? text : text.replaceAll('\r\n', '\n')]),
  )
}
