import { type Field, fieldsOf, isBox } from './fields.ts'

/** What text areas held before hydration, which sets those that were not empty to the served text. */
const textsBefore = new WeakMap<HTMLTextAreaElement, string>()

export function rememberTexts(form: HTMLFormElement): void {
  for (const field of fieldsOf(form)) {
    if (field instanceof HTMLTextAreaElement && !textsBefore.has(field)) textsBefore.set(field, field.value)
  }
}

/**
 * Makes the fields of a form hold what those of a served one held before hydration, by their names. The two may be one.
 * @param focused what had the focus: if it is a field of the served form, its twin gets it
 */
export function copyFieldValues(from: HTMLFormElement, to: HTMLFormElement, focused: Element | null): void {
  const twins = fieldsOf(to)
  for (const field of fieldsOf(from)) {
    const twin = twins.find((one) => isTwin(one, field))
    if (!twin) continue
    const value = valueBefore(field)
    if (isBox(field) && isBox(twin)) twin.checked = field.checked
    else if (twin.value !== value) twin.value = value
    // After everything that takes the focus while the page is built.
    if (field === focused) queueMicrotask(() => focusAs(field, twin))
  }
}

function valueBefore(field: Field): string {
  if (!(field instanceof HTMLTextAreaElement) || field.value !== field.defaultValue) return field.value
  return textsBefore.get(field) ?? field.value
}

function isTwin(one: Field, other: Field): boolean {
  const isSame = one.name === other.name && one.tagName === other.tagName && isBox(one) === isBox(other)
  return isSame && other.name !== '' && (!isBox(one) || one.value === other.value)
}

/** Also puts the caret where it was. Fields of some types, such as email, do not report theirs. */
function focusAs(field: Field, twin: Field) {
  twin.focus()
  if (field instanceof HTMLSelectElement || twin instanceof HTMLSelectElement) return
  if (field.selectionStart === null) return
  twin.setSelectionRange(field.selectionStart, field.selectionEnd)
}
