import { isChanged, listFields } from './fields.ts'

/** Whether the user changed any field of a form, compared with the values that it was rendered with. */
export function hasChanges(form: HTMLFormElement): boolean {
  return listFields(form).some(isChanged)
}
