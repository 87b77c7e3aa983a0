import { headers } from 'next/headers'
import { RETURNED_FORM_HEADER, type ReturnedForm, unpackReturnedForm } from '#lib/gate/returned-form.ts'

/** The form that the page comes back with, for this one answer; null on an ordinary visit. */
export async function getReturnedForm(): Promise<ReturnedForm | null> {
  return unpackReturnedForm((await headers()).get(RETURNED_FORM_HEADER))
}
