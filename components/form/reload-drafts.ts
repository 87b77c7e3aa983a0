import { withSessionStorage } from '#components/browser/optional-apis.ts'
import { FORM_FIELD, isSecret, typedValues } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { textFields } from '#lib/http/text-fields.ts'
import { type Field, fieldsOf, isBox, isChanged } from './fields.ts'

const KEY = 'taskward.typed'
/** The router loads an outdated page again as soon as an action has answered. */
const RELOAD_MS = 10_000
const MESSAGE = 'This page was reloaded. What you typed is still here, but not saved yet.'

type KeptText = { userId: string | undefined; address: string; at: number; forms: ReturnedForm[] }

let lastAnswer = Number.NEGATIVE_INFINITY
/** What the server has received, by the names of the forms. Only what differs is kept. */
const sent = new Map<string, string>()

/**
 * Notes that an action has answered, perhaps one of another build: the router may load the page again.
 * @param form what the server has saved
 */
export function expectReload(form?: FormData): void {
  lastAnswer = Date.now()
  if (form) sent.set(String(form.get(FORM_FIELD)), JSON.stringify(typedIn(form)))
}

/** When the page is left: keeps what was typed and not sent, for the same page of the same account. */
export function saveReloadDrafts(userId: string | undefined): void {
  if (Date.now() - lastAnswer > RELOAD_MS) return
  const forms = [...document.forms].filter(isTypedIn).flatMap((form) => {
    const data = new FormData(form)
    const [name, values] = [String(data.get(FORM_FIELD) ?? ''), typedIn(data)]
    const isUnsent = name !== '' && sent.get(name) !== JSON.stringify(values)
    return isUnsent ? [{ form: name, message: MESSAGE, values }] : []
  })
  if (forms.length === 0) return
  const kept: KeptText = { userId, address: addressOfPage(), at: Date.now(), forms }
  withSessionStorage((storage) => storage.setItem(KEY, JSON.stringify(kept)))
}

/** Takes what was kept for this page out of the storage, and what was kept for any other page as well. */
export function takeReloadDrafts(userId: string | undefined): ReturnedForm[] {
  const text = withSessionStorage((storage) => storage.getItem(KEY))
  if (!text) return []
  withSessionStorage((storage) => storage.removeItem(KEY))
  const kept = parseKept(text)
  const isForHere = kept?.userId === userId && kept?.address === addressOfPage()
  return kept && isForHere && Date.now() - kept.at < RELOAD_MS ? kept.forms : []
}

/** Null for what another build, or another program at this address, has left. */
function parseKept(text: string): KeptText | null {
  try {
    const kept: KeptText = JSON.parse(text)
    const isForm = ({ form, message, values }: ReturnedForm) =>
      [form, message, ...Object.values(values)].every((part) => typeof part === 'string')
    return kept.forms.every(isForm) ? kept : null
  } catch {
    return null
  }
}

function addressOfPage(): string {
  return window.location.pathname + window.location.search
}

function typedIn(form: FormData): Record<string, string> {
  return typedValues(textFields(form))
}

/** False where all fields are empty: the text of such a form has just been sent. */
function isTypedIn(form: HTMLFormElement): boolean {
  const fields = fieldsOf(form).filter(isKept)
  return fields.some(isChanged) && fields.some((field) => isBox(field) || field.value !== '')
}

function isKept(field: Field): field is Exclude<Field, HTMLSelectElement> {
  return !(field instanceof HTMLSelectElement) && !isSecret(field.name)
}
