import { isChanged, listFields } from './fields.ts'

/** Whether the user changed any field of a form, compared with the values that it was rendered with. */
export function hasChanges(form: HTMLFormElement): boolean {
  return listFields(form).some((field) =>
    field instanceof HTMLSelectElement
      ? [...field.options].some(({ selected, defaultSelected }) => selected !== defaultSelected)
      : isChanged(field),
  )
}
