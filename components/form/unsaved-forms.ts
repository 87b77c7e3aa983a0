import { FORM_FIELD, TEXT_FIELDS } from '#lib/gate/form-fields.ts'
import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'
import { fieldsOf, isChanged } from './fields.ts'

/**
 * The unsaved forms of the page as one, which the server splits again (lib/http/drafts.ts).
 * @param except the name of a form that the server has received already
 * @returns null where nothing was typed
 */
export function collectUnsaved(except?: string): FormData | null {
  const forms = [...document.forms].filter((form) => isUnsaved(form) && form.getAttribute('name') !== except)
  const all = new FormData()
  for (const form of forms) {
    // React adds fields before the one that names the form.
    const fields = [...new FormData(form)].filter(([name]) => !name.startsWith('$'))
    const named = fields.toSorted(([a], [b]) => Number(b === FORM_FIELD) - Number(a === FORM_FIELD))
    for (const [name, value] of named) all.append(name, value)
  }
  return forms.length > 0 ? all : null
}

/** Text that came back with the page is as unsaved as text that was typed on it. */
function isUnsaved(form: HTMLFormElement): boolean {
  const isReturned = form.dataset.returned !== undefined
  return fieldsOf(form).some(
    (field) =>
      !(field instanceof HTMLSelectElement) &&
      TEXT_FIELDS.includes(field.name) &&
      (isReturned || isChanged(field)),
  )
}

/** Sends the unsaved forms of a page that is about to be left to app/(auth)/login/draft/route.ts. */
export function keepUnsaved(except: string): void {
  const unsaved = collectUnsaved(except)
  if (!unsaved) return
  const address = `${DRAFT_PATH}?next=${encodeURIComponent(window.location.pathname)}`
  fetch(address, { method: 'POST', body: unsaved, redirect: 'manual', keepalive: true }).catch(() => {})
}
