'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import { resendConfirmation } from '#lib/auth/confirmation/resend-confirmation.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'

const PAGE = '/settings/confirm-email'

/** Also of the profile: this page is open to an account that has to confirm its address first. */
export async function resendConfirmationAction(
  previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const actor = await requireActor(PAGE, form)
  return runAction(actor, previous, form, z.object({}), async () => {
    const sent = await resendConfirmation(actor, new Date())
    if (!sent.ok) return sent
    await setFlashMessage('confirmation-sent', actor)
    redirect(`${PAGE}?sent`)
  })
}
