import { cookies, headers } from 'next/headers'
import { deleteFormDraft, getFormDrafts, hasFormDraft, saveFormDrafts } from '#lib/auth/form-drafts.ts'
import { DRAFT_HOURS } from '#lib/auth/policy.ts'
import { cookieAttributesFor } from '#lib/gate/cookie-attributes.ts'
import { readDraftToken } from '#lib/gate/cookie-header.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { FORM_FIELD } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { HOUR_SECONDS } from '#lib/time.ts'
import { clientOf } from './client.ts'
import { textFields } from './text-fields.ts'

const DRAFT_SECONDS = DRAFT_HOURS * HOUR_SECONDS

/** @param sent one form, or several forms of a page in a row @param path of the page; its query does not count */
export async function saveDraft(sent: FormData, path: string): Promise<void> {
  const sentHeaders = await headers()
  const now = new Date()
  const known = readDraftToken(sentHeaders)
  const forms = splitForms(sent).map(textFields)
  const [page = path] = path.split('?', 1)
  const token = await saveFormDrafts(forms, { page, known, client: clientOf(sentHeaders), now })
  const jar = await cookies()
  if (token) jar.set(cookieNames().draft, token, cookieAttributesFor(DRAFT_SECONDS, now))
}

export async function hasDraft(): Promise<boolean> {
  const draft = readDraftToken(await headers())
  return draft !== undefined && (await hasFormDraft(draft, new Date()))
}

export async function getDrafts(userId: string, page: string): Promise<ReturnedForm[]> {
  const token = readDraftToken(await headers())
  return token === undefined ? [] : getFormDrafts({ token, userId, page, now: new Date() })
}

/** Deletes the draft of a form that is sent again. If that request fails, the form itself returns with the text. */
export async function discardDraft(userId: string, fields: Record<string, string>): Promise<void> {
  const draft = readDraftToken(await headers())
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
