import { headers } from 'next/headers'
import { RETURNED_FORM_HEADER } from '#lib/gate/internal-headers.ts'
import { type ReturnedForm, unpackReturnedForm } from '#lib/gate/returned-form.ts'

export async function getReturnedForm(): Promise<ReturnedForm | null> {
  return unpackReturnedForm((await headers()).get(RETURNED_FORM_HEADER))
}
