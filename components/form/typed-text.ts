import { withTabStorage } from '#components/browser/refusable'
import { FORM_FIELD, typedValues } from '#lib/auth/edge/form-marks'
import type { ReturnedForm } from '#lib/auth/edge/returned-form'

const KEY = 'taskward.typed'
/** The router loads an outdated page anew as soon as an action has answered. */
const RELOAD_MS = 10_000
const MESSAGE = 'This page was loaded again. What you typed is still here, and not saved yet.'

type KeptText = { userId: string | undefined; address: string; at: number; forms: ReturnedForm[] }

let lastAnswer = Number.NEGATIVE_INFINITY
/** What the server has got, by the names of the forms: only what differs is worth keeping. */
const sent = new Map<string, string>()

/**
 * Says that the page may be loaded anew now: an action has answered, perhaps one of another build.
 * @param form what the server has taken
 */
export function expectReload(form?: FormData): void {
  lastAnswer = Date.now()
  if (form) sent.set(String(form.get(FORM_FIELD)), JSON.stringify(typedIn(form)))
}

/** As the page goes: keeps what was typed and not sent, for the same page of the same account. */
export function keepTypedText(userId: string | undefined): void {
  if (Date.now() - lastAnswer > RELOAD_MS) return
  const forms = [...document.forms].filter(isTypedIn).flatMap((form) => {
    const data = new FormData(form)
    const [name, values] = [String(data.get(FORM_FIELD) ?? ''), typedIn(data)]
    const isUnsent = name !== '' && sent.get(name) !== JSON.stringify(values)
    return isUnsent ? [{ form: name, message: MESSAGE, values }] : []
  })
  if (forms.length === 0) return
  const kept: KeptText = { userId, address: addressOfPage(), at: Date.now(), forms }
  withTabStorage((storage) => storage.setItem(KEY, JSON.stringify(kept)))
}

/** What was kept for this page. It is gone then, and so is what was kept for any other. */
export function takeTypedText(userId: string | undefined): ReturnedForm[] {
  const text = withTabStorage((storage) => storage.getItem(KEY))
  if (!text) return []
  withTabStorage((storage) => storage.removeItem(KEY))
  const kept: KeptText = JSON.parse(text)
  const isForHere = kept.userId === userId && kept.address === addressOfPage()
  return isForHere && Date.now() - kept.at < RELOAD_MS ? kept.forms : []
}

function addressOfPage(): string {
  return window.location.pathname + window.location.search
}

function typedIn(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return typedValues(Object.fromEntries(texts))
}

/** Not where all fields are empty: that is a form whose text has just been sent. */
function isTypedIn(form: HTMLFormElement): boolean {
  const fields = [...form.elements].filter(isField)
  return fields.some(isChanged) && fields.some((field) => isBox(field) || field.value !== '')
}

type Field = HTMLInputElement | HTMLTextAreaElement

function isField(element: Element): element is Field {
  if (element instanceof HTMLTextAreaElement) return true
  return (
    element instanceof HTMLInputElement && element.type !== 'hidden' && !element.name.includes('password')
  )
}

function isBox(field: Field): field is HTMLInputElement {
  return field.type === 'checkbox'
}

function isChanged(field: Field): boolean {
  return isBox(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue
}
