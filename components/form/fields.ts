export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Input types that a user does not fill in, or whose value cannot be set. */
const NOT_TYPED = ['hidden', 'submit', 'button', 'reset', 'image', 'file']

/** The fields that a user fills in, passwords included. */
export function listFields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement && !NOT_TYPED.includes(element.type)) ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement,
  )
}

export function isCheckable(field: Field): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio'
}

/** Compares with the value that the page was rendered with. */
export function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement)
    return [...field.options].some(({ selected, defaultSelected }) => selected !== defaultSelected)
  if (isCheckable(field)) return field.checked !== field.defaultChecked
  return field.value !== field.defaultValue || field.validity.badInput
}

/** What a draft keeps of a form. Browsers send a half-typed date as empty, which would clear the saved one. */
export function readDraft(form: HTMLFormElement): FormData {
  const fields = new FormData(form)
  for (const field of listFields(form)) if (field.validity.badInput) fields.delete(field.name)
  return fields
}
