import { FORM_FIELD, isPasswordField } from '#lib/gate/form-fields.ts'
import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'
import { isChanged, isCheckable, listFields, readDraft } from './fields.ts'

/**
 * Merges the unsaved forms of the page into one, which the server splits again (lib/http/drafts.ts).
 * @param except the name of a form that the server has already received
 * @returns null if there is no unsaved text
 */
export function collectUnsaved(except?: string): FormData | null {
  const forms = [...document.forms].filter((form) => isUnsaved(form) && form.getAttribute('name') !== except)
  const all = new FormData()
  for (const form of forms) {
    // The server splits at the field that names a form, so that field goes first.
    const fields = [...readDraft(form)].filter(([name]) => !name.startsWith('$'))
    const named = fields.toSorted(([a], [b]) => Number(b === FORM_FIELD) - Number(a === FORM_FIELD))
    for (const [name, value] of named) all.append(name, value)
  }
  return forms.length > 0 ? all : null
}

/** Counts the text of a returned form as unsaved, too. The server keeps the forms whose fields it knows (TEXT_FIELDS). */
function isUnsaved(form: HTMLFormElement): boolean {
  const isReturned = form.dataset.returned !== undefined
  return listFields(form).some(
    (field) =>
      !(field instanceof HTMLSelectElement) &&
      !isCheckable(field) &&
      !isPasswordField(field.name) &&
      (isReturned || isChanged(field)),
  )
}

/** Sends the unsaved forms to app/(auth)/login/draft/route.ts while the browser leaves the page. */
export function sendDrafts(except: string): void {
  const unsaved = collectUnsaved(except)
  if (!unsaved) return
  const address = `${DRAFT_PATH}?next=${encodeURIComponent(window.location.pathname)}`
  fetch(address, { method: 'POST', body: unsaved, redirect: 'manual', keepalive: true }).catch(() => {})
}
