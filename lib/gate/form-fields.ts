/** Hidden fields of every form: its name, and the account of its page. */
export const FORM_FIELD = 'form'
export const ACCOUNT_FIELD = 'account'
export const ACCOUNT_EMAIL_FIELD = 'account_email'

/** Identifies a log-in or sign-up form that is sent twice (docs/decisions/0028-a-form-sent-twice.md). */
export const SUBMISSION_FIELD = 'submission'

/** Of a log-in or sign-up form: its browser's, or empty without JavaScript. */
export const TIME_ZONE_FIELD = 'browser_time_zone'

const HIDDEN_FIELDS = [FORM_FIELD, ACCOUNT_FIELD, ACCOUNT_EMAIL_FIELD, SUBMISSION_FIELD, TIME_ZONE_FIELD]

export const PAGE_IS_OUTDATED =
  'This page was out of date, so nothing was saved. It is up to date now: check what you typed and send it again.'

export function getSubmissionId(form: FormData): string | undefined {
  const id = form.get(SUBMISSION_FIELD)
  return typeof id === 'string' && /^[0-9a-f]{64}$/.test(id) ? id : undefined
}

type Account = { userId: string; email: string }

/** A message for the user if the form's page belongs to another account than the browser's session; null if not. */
export function describeForeignPage(
  fields: Record<string, string>,
  { userId, email }: Account,
): string | null {
  if (fields[ACCOUNT_FIELD] === userId) return null
  if (!fields[ACCOUNT_FIELD]) return PAGE_IS_OUTDATED
  const owner = fields[ACCOUNT_EMAIL_FIELD] || 'another account'
  return `The page you sent this from belongs to ${owner}, but this browser is now logged in as ${email}. Nothing was changed. What you send from here is saved for ${email}.`
}

/** A password never returns to a page, and is read byte for byte. */
export function isPasswordField(name: string): boolean {
  return name.includes('password')
}

export const TEXT_FIELDS = [
  ...['title', 'description', 'due_on', 'due_time', 'start_on', 'labels'],
  ...['repeat_rule', 'repeat_interval', 'repeat_until'],
  ...['name', 'address'],
]

export function hasTypedText(fields: Record<string, string>): boolean {
  return TEXT_FIELDS.some((name) => fields[name]?.trim())
}

export function typedValues(fields: Record<string, string>): Record<string, string> {
  const isTyped = (name: string) =>
    !isPasswordField(name) && !name.startsWith('$') && !HIDDEN_FIELDS.includes(name)
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isTyped(name)))
}
