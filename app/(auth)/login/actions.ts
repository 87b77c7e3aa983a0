'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { refusesCookies } from '#lib/auth/edge/cookie-probe'
import { submissionOf } from '#lib/auth/edge/form-marks'
import { logIn } from '#lib/auth/log-in'
import { signInBrowser } from '#lib/auth/next-auth'
import { logInSchema } from '#lib/auth/schema'
import type { FormState } from '#lib/form-state'
import { runAction } from '#lib/http/action'
import { safeRedirect } from '#lib/http/safe-redirect'
import { getSignInCookies } from '#lib/http/session-cookies'
import { err } from '#lib/result'

export async function logInAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(null, previous, form, logInSchema, async (input, client) => {
    if (refusesCookies(await headers())) return err({ code: 'COOKIES_REFUSED' })
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
