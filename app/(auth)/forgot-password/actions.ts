'use server'

import { redirect } from 'next/navigation'
import { requestPasswordReset } from '#lib/auth/recovery/request-password-reset.ts'
import { forgotPasswordSchema } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setVisitorMessage } from '#lib/http/flash-message.ts'

export async function forgotPasswordAction(previous: FormState | null, form: FormData): Promise<FormState> {
  return runAction(null, previous, form, forgotPasswordSchema, async ({ email }, client) => {
    const requested = await requestPasswordReset(email, { client, now: new Date() })
    if (!requested.ok) return requested
    await setVisitorMessage('link-requested', email)
    redirect('/forgot-password?sent')
  })
}
