import { cookies, headers } from 'next/headers'
import { deleteFormDraft, getFormDrafts, hasFormDraft, saveFormDrafts } from '#lib/auth/form-drafts.ts'
import { DRAFT_HOURS } from '#lib/auth/policy.ts'
import { cookieAttributesFor } from '#lib/gate/cookie-attributes.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { readNotes } from '#lib/gate/credentials.ts'
import { FORM_FIELD } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { HOUR_SECONDS } from '#lib/time.ts'
import { clientOf } from './client.ts'
import { textFields } from './text-fields.ts'

const DRAFT_SECONDS = DRAFT_HOURS * HOUR_SECONDS

/**
 * Keeps what was typed in forms whose session has ended, and gives the browser the cookie that gets it back.
 * @param sent one form, or several of a page one behind the other
 */
export async function saveDraft(sent: FormData, page: string): Promise<void> {
  const sentHeaders = await headers()
  const { draft: known } = readNotes(sentHeaders)
  const forms = splitForms(sent).map(textFields)
  const token = await saveFormDrafts(forms, { page, known, client: clientOf(sentHeaders), now: new Date() })
  const jar = await cookies()
  if (token) jar.set(cookieNames().draft, token, cookieAttributesFor(DRAFT_SECONDS))
}

/** Whether this browser has sent a form that waits for its account to log in again. */
export async function hasDraft(): Promise<boolean> {
  const { draft } = readNotes(await headers())
  return draft !== undefined && (await hasFormDraft(draft, new Date()))
}

/** The forms that this browser sent from a page of the account after its session had ended. */
export async function getDrafts(userId: string, page: string): Promise<ReturnedForm[]> {
  const { draft: token } = readNotes(await headers())
  return token === undefined ? [] : getFormDrafts({ token, userId, page, now: new Date() })
}

/** Deletes the draft of a form that is sent again: if that fails, the form itself comes back with the text. */
export async function discardDraft(userId: string, fields: Record<string, string>): Promise<void> {
  const { draft } = readNotes(await headers())
  const form = fields[FORM_FIELD]
  if (draft !== undefined && form) await deleteFormDraft({ token: draft, userId, form })
}

/** Every form starts with the field that names it (components/form/action-form.tsx). */
function splitForms(sent: FormData): FormData[] {
  const forms: FormData[] = [new FormData()]
  for (const [name, value] of sent) {
    if (name === FORM_FIELD) forms.push(new FormData())
    forms.at(-1)?.append(name, value)
  }
  return forms
}
