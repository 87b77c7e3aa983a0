'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { logIn } from '#lib/auth/log-in.ts'
import { signInBrowser } from '#lib/auth/next-auth.ts'
import { logInSchema } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { blocksCookies } from '#lib/gate/cookie-support.ts'
import { getSubmissionId } from '#lib/gate/form-fields.ts'
import { runAction } from '#lib/http/action.ts'
import { getBrowserTimeZone } from '#lib/http/browser-time-zone.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'
import { getSignInCookies } from '#lib/http/session-cookies.ts'
import { err } from '#lib/result.ts'

export async function logInAction(previous: FormState | null, form: FormData): Promise<FormState> {
  return runAction(null, previous, form, logInSchema, async (input, client) => {
    if (blocksCookies(await headers())) return err({ code: 'COOKIES_REFUSED' })
    const persistent = form.get('keep') === 'on'
    const signIn = {
      client,
      transport: 'cookie',
      persistent,
      submission: getSubmissionId(form),
      timeZone: getBrowserTimeZone(form),
      now: new Date(),
      ...(await getSignInCookies()),
    } as const
    const loggedIn = await logIn(input, signIn)
    if (!loggedIn.ok) return loggedIn
    await signInBrowser(loggedIn.value)
    if (loggedIn.value.isKept) await setFlashMessage('account-kept', { sessionId: loggedIn.value.session.id })
    redirect(safeRedirect(form.get('next')))
  })
}
