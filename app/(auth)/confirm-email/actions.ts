'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { confirmEmail } from '#lib/auth/confirmation/confirm-email.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setVisitorMessage } from '#lib/http/flash-message.ts'
import { clearLinkToken, getLinkToken } from '#lib/http/link-cookie.ts'

export async function confirmEmailAction(previous: FormState | null, form: FormData): Promise<FormState> {
  return runAction(null, previous, form, z.object({}), async (_, client) => {
    const token = (await getLinkToken()) ?? ''
    const confirmed = await confirmEmail(token, { client, now: new Date() })
    if (!confirmed.ok) return confirmed
    await clearLinkToken()
    await setVisitorMessage('email-confirmed', confirmed.value)
    redirect('/confirm-email?done')
  })
}
