import { flushSync } from 'react-dom'
import { TYPED_TEXT, withSessionStorage } from '#components/browser/optional-apis.ts'
import { ACCOUNT_FIELD, FORM_FIELD, hasTypedText, typedValues } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { textFields } from '#lib/http/text-fields.ts'
import { readDraft } from './fields.ts'
import { hasChanges } from './has-changes.ts'

const MAX_DRAFTS = 20
const MESSAGE = 'What you typed is still here, but not saved yet.'

type Draft = { form: string; address: string; values: Record<string, string> }
type Drafts = { account: string; drafts: Draft[] }

/**
 * Keeps the text of a form while the user types it, in this tab and for the account of the page, until the form is saved
 * or cancelled (docs/decisions/0066-nothing-waits-nothing-is-lost.md).
 */
export function keepDraft(form: HTMLFormElement): void {
  const fields = textFields(readDraft(form))
  const name = fields[FORM_FIELD]
  if (!name) return
  const account = fields[ACCOUNT_FIELD] ?? ''
  const others = read(account).filter((draft) => draft.form !== name)
  const draft = { form: name, address: getPageAddress(), values: typedValues(fields) }
  write(account, isUnsaved(form, fields) ? [...others, draft].slice(-MAX_DRAFTS) : others)
}

/** @param sent what the server has received; what was typed since then stays */
export function forgetDraft(sent: FormData): void {
  const { [FORM_FIELD]: name = '', [ACCOUNT_FIELD]: account = '' } = textFields(sent)
  write(
    account,
    read(account).filter(({ form }) => form !== name),
  )
  const form = document.forms.namedItem(name)
  if (form && !isSame(form, valuesOf(sent))) keepDraft(form)
}

/**
 * Fills in the drafts of this page, unless it shows all of them. Deletes those of another account.
 * @param fill remounts the page with these drafts, so that the element with the focus is replaced
 */
export function restoreDrafts(account: string, fill: (drafts: ReturnedForm[]) => void): void {
  const drafts = findDrafts(account)
  if (drafts.length === 0) return
  const focused = document.activeElement
  flushSync(() => fill(drafts))
  if (focused && document.activeElement === document.body) findReplacement(focused)?.focus()
}

function findReplacement(element: Element): HTMLElement | null {
  const names = ['id', 'name', 'href', ...(element instanceof HTMLButtonElement ? ['value'] : [])]
  const selector = names
    .filter((name) => element.hasAttribute(name))
    .map((name) => `[${name}=${CSS.escape(element.getAttribute(name) ?? '')}]`)
    .join('')
  return selector ? document.querySelector(element.localName + selector) : null
}

function findDrafts(account: string): ReturnedForm[] {
  // Typed before hydration, or filled in by the browser.
  for (const form of document.forms) if (hasChanges(form)) keepDraft(form)
  const all = read(account)
  write(account, all)
  const drafts = all.filter(isHere)
  const isShown = ({ form: name, values }: Draft) => {
    const form = document.forms.namedItem(name)
    return form !== null && isSame(form, values)
  }
  if (drafts.every(isShown)) return []
  return drafts.map(({ form, values }) => ({ form, values, message: MESSAGE, isUnsent: true }))
}

/** The page of a task shows what was typed in its editor in the list as well. */
function isHere({ form, address }: Draft): boolean {
  return address === getPageAddress() || form === `edit-task ${window.location.pathname.split('/')[2]}`
}

function isSame(form: HTMLFormElement, values: Record<string, string>): boolean {
  return JSON.stringify(valuesOf(readDraft(form))) === JSON.stringify(values)
}

function valuesOf(form: FormData): Record<string, string> {
  return typedValues(textFields(form))
}

/** A form that came back counts as unsaved, too. */
function isUnsaved(form: HTMLFormElement, fields: Record<string, string>): boolean {
  const isTyped = hasChanges(form) || form.dataset.returned !== undefined
  return isTyped && hasTypedText(fields)
}

/** Empty for drafts of another account, of another build, or of another application on this origin. */
function read(account: string): Draft[] {
  const text = withSessionStorage((storage) => storage.getItem(TYPED_TEXT))
  try {
    const stored: Drafts = JSON.parse(text ?? '')
    const isDraft = ({ form, address, values }: Draft) =>
      [form, address, ...Object.values(values)].every((part) => typeof part === 'string')
    return stored.account === account && stored.drafts.every(isDraft) ? stored.drafts : []
  } catch {
    return []
  }
}

function write(account: string, drafts: Draft[]): void {
  const stored: Drafts = { account, drafts }
  withSessionStorage((storage) =>
    drafts.length > 0 ? storage.setItem(TYPED_TEXT, JSON.stringify(stored)) : storage.removeItem(TYPED_TEXT),
  )
}

function getPageAddress(): string {
  return window.location.pathname + window.location.search
}
