import { cookies, headers } from 'next/headers'
import { forgetDraft, isDraftKept, keepDraft, showDraft } from '#lib/auth/drafts'
import { cookieFor } from '#lib/auth/edge/cookie-end'
import { cookieNames } from '#lib/auth/edge/cookie-names'
import { readNotes } from '#lib/auth/edge/credentials'
import { FORM_FIELD } from '#lib/auth/edge/form-marks'
import type { ReturnedForm } from '#lib/auth/edge/returned-form'
import { DRAFT_HOURS } from '#lib/auth/policy'
import { clientOf } from './client'
import { textFields } from './text-fields'

const DRAFT_SECONDS = DRAFT_HOURS * 60 * 60

/** Keeps what was typed in a form whose session has ended, and gives the browser the cookie that gets it back. */
export async function keepTypedText(form: FormData, page: string): Promise<void> {
  const token = await keepDraft(textFields(form), { page, client: clientOf(await headers()) })
  const jar = await cookies()
  if (token) jar.set(cookieNames().draft, token, cookieFor(DRAFT_SECONDS))
}

/** Whether this browser has sent a form that waits for its account to log in again. */
export async function isTypedTextKept(): Promise<boolean> {
  const { draft } = readNotes(await headers())
  return draft !== undefined && (await isDraftKept(draft))
}

/** The form that this browser sent from a page of the account after its session had ended; null if there is none. */
export async function getTypedText(userId: string, page: string): Promise<ReturnedForm | null> {
  const { draft: token } = readNotes(await headers())
  return token === undefined ? null : showDraft({ token, userId, page })
}

/** Deletes the draft of a form that is sent again: if that fails, the form itself comes back with the text. */
export async function forgetTypedText(fields: Record<string, string>): Promise<void> {
  const { draft } = readNotes(await headers())
  const form = fields[FORM_FIELD]
  if (draft !== undefined && form) await forgetDraft(draft, form)
}
