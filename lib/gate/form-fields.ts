/** Hidden fields with which every form of ours says which one it is, and whose page it is on. */
export const FORM_FIELD = 'form'
export const ACCOUNT_FIELD = 'account'
export const ACCOUNT_EMAIL_FIELD = 'account_email'

/** Identifies a log-in or sign-up form that is sent twice (docs/decisions/0028-a-form-sent-twice.md). */
export const SUBMISSION_FIELD = 'submission'

const MARKS = [FORM_FIELD, ACCOUNT_FIELD, ACCOUNT_EMAIL_FIELD, SUBMISSION_FIELD]

/** What is shown above a page whose form this build does not know. */
export const PAGE_IS_OUTDATED =
  'This page was out of date, so nothing was saved. It is up to date now: check what you typed and send it again.'

/** The submission id of a form; undefined for a form without one. */
export function getSubmissionId(form: FormData): string | undefined {
  const id = form.get(SUBMISSION_FIELD)
  return typeof id === 'string' && /^[0-9a-f]{64}$/.test(id) ? id : undefined
}

type Account = { userId: string; email: string }

/** What is wrong when a form of one account's page is sent by a browser that is logged in to another; null if nothing is. */
export function describeForeignPage(
  fields: Record<string, string>,
  { userId, email }: Account,
): string | null {
  if (fields[ACCOUNT_FIELD] === userId) return null
  if (!fields[ACCOUNT_FIELD]) return PAGE_IS_OUTDATED
  const owner = fields[ACCOUNT_EMAIL_FIELD] || 'another account'
  return `The page you sent this from belongs to ${owner}, but this browser is now logged in as ${email}. Nothing was changed. What you send from here is saved for ${email}.`
}

/** Whether a field holds a password: it comes back to no page, and is taken byte for byte. */
export function isPasswordField(name: string): boolean {
  return name.includes('password')
}

/** The fields that users write text in. All others are chosen, short, or secret. */
export const TEXT_FIELDS = ['title', 'description']

/** Whether a form holds text that would be lost with it. */
export function hasTypedText(fields: Record<string, string>): boolean {
  return TEXT_FIELDS.some((name) => fields[name]?.trim())
}

/** What a person typed or chose in a form: no password, and nothing that a form says by itself. */
export function typedValues(fields: Record<string, string>): Record<string, string> {
  const isTyped = (name: string) => !isPasswordField(name) && !name.startsWith('$') && !MARKS.includes(name)
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isTyped(name)))
}
