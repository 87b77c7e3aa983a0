import { isPasswordField } from '#lib/gate/form-fields.ts'

/**
 * Posts form data by navigation, as a browser without JavaScript does, so that the response replaces the page. Omits
 * passwords, because no page fills them in again.
 * @param address defaults to the page's own address
 */
export function submitNatively(data: FormData, address = ''): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.enctype = 'multipart/form-data'
  form.action = address
  form.hidden = true
  for (const [name, value] of data) {
    if (typeof value !== 'string' || isPasswordField(name) || name.startsWith('$')) continue
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}
