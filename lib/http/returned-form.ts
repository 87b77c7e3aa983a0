import { headers } from 'next/headers'
import { RETURNED_FORM_HEADER } from '#lib/gate/internal-headers.ts'
import { type ReturnedForm, unpackReturnedForm } from '#lib/gate/returned-form.ts'

/** The posted form that this page shows again because it did not run; null on an ordinary visit. */
export async function getReturnedForm(): Promise<ReturnedForm | null> {
  return unpackReturnedForm((await headers()).get(RETURNED_FORM_HEADER))
}
