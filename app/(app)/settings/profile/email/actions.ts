'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import { cancelEmailChange } from '#lib/auth/email-change/cancel-email-change.ts'
import {
  type RequestEmailChangeFailure,
  requestEmailChange,
} from '#lib/auth/email-change/request-email-change.ts'
import { resendChangeLink } from '#lib/auth/email-change/resend-change-link.ts'
import { changeEmailFormSchema } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'
import { err } from '#lib/result.ts'

const PAGE = '/settings/profile/email'
const PROFILE = '/settings/profile'

export async function changeEmailAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PAGE, form)
  return runAction(actor, previous, form, changeEmailFormSchema, async ({ address: email, password }) => {
    const requested = await requestEmailChange(actor, { email, password, now: new Date() })
    if (!requested.ok) return err(attachToAddressField(requested.error))
    redirect(PROFILE)
  })
}

export async function resendChangeLinkAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PROFILE, form)
  return runAction(actor, previous, form, z.object({}), async () => {
    const sent = await resendChangeLink(actor, { now: new Date() })
    if (!sent.ok) return sent
    if (sent.value) await setFlashMessage('email-link-sent', actor)
    redirect(`${PROFILE}?sent`)
  })
}

export async function cancelEmailChangeAction(
  previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const actor = await requireActor(PROFILE, form)
  return runAction(actor, previous, form, z.object({}), async () => {
    if (await cancelEmailChange(actor)) await setFlashMessage('email-change-cancelled', actor)
    redirect(`${PROFILE}?cancelled`)
  })
}

function attachToAddressField(failure: RequestEmailChangeFailure): RequestEmailChangeFailure {
  // The page shows until when.
  if (failure.code === 'EMAIL_CHANGED_RECENTLY') redirect(PAGE)
  const rename = (field: string) => (field === 'email' ? 'address' : field)
  const details = failure.details?.map(({ field, issue }) => ({ field: rename(field), issue }))
  return { ...failure, ...(details && { details }) }
}
