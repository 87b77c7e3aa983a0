import { type Field, isCheckable, listFields } from './fields.ts'

/** The values of text areas before hydration, which can reset them to the served text. */
const textsBefore = new WeakMap<HTMLTextAreaElement, string>()

export function rememberTexts(form: HTMLFormElement): void {
  for (const field of listFields(form)) {
    if (field instanceof HTMLTextAreaElement && !textsBefore.has(field)) textsBefore.set(field, field.value)
  }
}

type FieldCopy = {
  from: HTMLFormElement
  to: HTMLFormElement
  /** The element that had the focus: its counterpart in `to` gets it. */
  focused: Element | null
}

/**
 * Copies what a user typed before hydration from the served form to the hydrated one, field by field. Both may be the same
 * element.
 */
export function copyFieldValues({ from, to, focused }: FieldCopy): void {
  const candidates = listFields(to)
  for (const field of listFields(from)) {
    const target = candidates.find((one) => isCounterpart(one, field))
    // A half-typed date has no value to copy.
    if (!target || field.validity.badInput) continue
    const value = valueBefore(field)
    if (isCheckable(field) && isCheckable(target)) target.checked = field.checked
    else if (target.value !== value) target.value = value
    // Runs after the components that take the focus when they mount.
    if (field === focused) queueMicrotask(() => moveFocus(field, target))
  }
}

function valueBefore(field: Field): string {
  if (!(field instanceof HTMLTextAreaElement) || field.value !== field.defaultValue) return field.value
  return textsBefore.get(field) ?? field.value
}

function isCounterpart(one: Field, other: Field): boolean {
  const isSame =
    one.name === other.name && one.tagName === other.tagName && isCheckable(one) === isCheckable(other)
  return isSame && other.name !== '' && (!isCheckable(one) || one.value === other.value)
}

/** Restores the caret as well, except in types such as email, which do not report it. */
function moveFocus(from: Field, to: Field) {
  to.focus()
  if (from instanceof HTMLSelectElement || to instanceof HTMLSelectElement) return
  if (from.selectionStart === null) return
  to.setSelectionRange(from.selectionStart, from.selectionEnd)
}
