'use server'

import { redirect } from 'next/navigation'
import { submissionOf } from '#lib/auth/edge/form-marks'
import { logIn } from '#lib/auth/log-in'
import { signInBrowser } from '#lib/auth/next-auth'
import { logInSchema } from '#lib/auth/schema'
import type { FormState } from '#lib/form-state'
import { runAction } from '#lib/http/action'
import { safeRedirect } from '#lib/http/safe-redirect'
import { getSignInCookies } from '#lib/http/session-cookies'

export async function logInAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(null, previous, form, logInSchema, async (input, client) => {
    const persistent = form.get('keep') === 'on'
    const signIn = {
      client,
      transport: 'cookie',
      persistent,
      submission: submissionOf(form),
      ...(await getSignInCookies()),
    } as const
    const loggedIn = await logIn(input, signIn)
    if (!loggedIn.ok) return loggedIn
    await signInBrowser(loggedIn.value)
    redirect(safeRedirect(form.get('next')))
  })
}
