import { isSecret } from '#lib/gate/form-fields.ts'

/**
 * Posts a form as a browser without JavaScript does, for an answer that replaces the page. Without its passwords, which
 * no page gives back.
 * @param address by default the page's own
 */
export function submitNatively(data: FormData, address = ''): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.enctype = 'multipart/form-data'
  form.action = address
  form.hidden = true
  for (const [name, value] of data) {
    if (typeof value !== 'string' || isSecret(name) || name.startsWith('$')) continue
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}
