import { type Answer, type Call, call } from './api.ts'

/**
 * Reads the hidden fields of the form that contains a text, as a browser without JavaScript sends them. In some of
 * them Next.js names the server action.
 */
export async function openForm(path: string, text: string, options: Call = {}): Promise<FormData> {
  const page = await call(path, options)
  const forms = page.text.match(/<form\b.*?<\/form>/gs) ?? []
  const form = forms.find((html) => html.includes(text))
  if (!form) throw new Error(`${path} has no form with "${text}" (status ${page.status}).`)
  const fields = new FormData()
  for (const [tag] of form.matchAll(/<input type="hidden"[^>]*>/g)) {
    fields.append(attribute(tag, 'name'), attribute(tag, 'value'))
  }
  return fields
}

/** A copy of a form with further fields. */
export function fill(form: FormData, values: Record<string, string>): FormData {
  const filled = new FormData()
  for (const [name, value] of [...form, ...Object.entries(values)]) filled.append(name, value)
  return filled
}

/** Logs in with the form. @returns the response, with the session cookies */
export async function logInByForm(
  { email, password }: { email: string; password: string },
  options: Call & { server: string },
): Promise<Answer<unknown>> {
  const form = fill(await openForm('/login', 'Password', options), { email, password })
  return call('/login', { ...options, body: form, headers: { origin: options.server, ...options.headers } })
}

/** The Cookie header that a browser sends after a response. */
export function cookiesOf({ headers }: Answer<unknown>): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
}
