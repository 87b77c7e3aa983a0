import { withSessionStorage } from '#components/browser/optional-apis.ts'
import { FORM_FIELD, isPasswordField, typedValues } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { textFields } from '#lib/http/text-fields.ts'
import { type Field, isChanged, isCheckable, listFields } from './fields.ts'

const KEY = 'taskward.typed'
/** The router reloads an outdated page as soon as it has a response. */
const RELOAD_MS = 10_000
const MESSAGE = 'This page was reloaded. What you typed is still here, but not saved yet.'

type SavedDrafts = { userId: string | undefined; address: string; at: number; forms: ReturnedForm[] }

let lastAnswer = Number.NEGATIVE_INFINITY
/** The last saved values by form name: a form with the same values needs no draft. */
const saved = new Map<string, string>()

/**
 * Call after each response of a server action: if another build answered, the router reloads the page.
 * @param form the form that the server has saved
 */
export function expectReload(form?: FormData): void {
  lastAnswer = Date.now()
  if (form) saved.set(String(form.get(FORM_FIELD)), JSON.stringify(getTypedValues(form)))
}

/** Call on `pagehide`: saves unsent text in `sessionStorage` for the reloaded page of the same account. */
export function saveReloadDrafts(userId: string | undefined): void {
  if (Date.now() - lastAnswer > RELOAD_MS) return
  const forms = [...document.forms].filter(hasUnsentText).flatMap((form) => {
    const data = new FormData(form)
    const [name, values] = [String(data.get(FORM_FIELD) ?? ''), getTypedValues(data)]
    const isUnsent = name !== '' && saved.get(name) !== JSON.stringify(values)
    return isUnsent ? [{ form: name, message: MESSAGE, values }] : []
  })
  if (forms.length === 0) return
  const drafts: SavedDrafts = { userId, address: getPageAddress(), at: Date.now(), forms }
  withSessionStorage((storage) => storage.setItem(KEY, JSON.stringify(drafts)))
}

/** Returns the drafts of this page and account once. Deletes those of any other page. */
export function takeReloadDrafts(userId: string | undefined): ReturnedForm[] {
  const text = withSessionStorage((storage) => storage.getItem(KEY))
  if (!text) return []
  withSessionStorage((storage) => storage.removeItem(KEY))
  const drafts = parseDrafts(text)
  const isForThisPage = drafts?.userId === userId && drafts?.address === getPageAddress()
  return drafts && isForThisPage && Date.now() - drafts.at < RELOAD_MS ? drafts.forms : []
}

/** Null for data of another build, or of another application on this origin. */
function parseDrafts(text: string): SavedDrafts | null {
  try {
    const drafts: SavedDrafts = JSON.parse(text)
    const isForm = ({ form, message, values }: ReturnedForm) =>
      [form, message, ...Object.values(values)].every((part) => typeof part === 'string')
    return drafts.forms.every(isForm) ? drafts : null
  } catch {
    return null
  }
}

function getPageAddress(): string {
  return window.location.pathname + window.location.search
}

function getTypedValues(form: FormData): Record<string, string> {
  return typedValues(textFields(form))
}

/** False if all fields are empty, as after their text was sent. */
function hasUnsentText(form: HTMLFormElement): boolean {
  const fields = listFields(form).filter(isRestorable)
  return fields.some(isChanged) && fields.some((field) => isCheckable(field) || field.value !== '')
}

function isRestorable(field: Field): field is Exclude<Field, HTMLSelectElement> {
  return !(field instanceof HTMLSelectElement) && !isPasswordField(field.name)
}
