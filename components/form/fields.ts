export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Types whose value belongs to the page, or cannot be set. */
const NOT_TYPED = ['hidden', 'submit', 'button', 'reset', 'image', 'file']

/** The fields of a form that a user types in, ticks or chooses, passwords included. */
export function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement && !NOT_TYPED.includes(element.type)) ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement,
  )
}

export function isBox(field: Field): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio'
}

/** Whether a field holds something else than the page gave it. */
export function isChanged(field: Exclude<Field, HTMLSelectElement>): boolean {
  return isBox(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue
}
