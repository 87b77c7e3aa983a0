'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { AUTH_FAILURES } from '#lib/auth/errors.ts'
import { signInBrowser } from '#lib/auth/next-auth.ts'
import { signUpSchema } from '#lib/auth/schema.ts'
import { type SignUpFailure, signUp } from '#lib/auth/sign-up.ts'
import type { FormState } from '#lib/form-state.ts'
import { blocksCookies } from '#lib/gate/cookie-support.ts'
import { getSubmissionId } from '#lib/gate/form-fields.ts'
import { runAction } from '#lib/http/action.ts'
import { addWeakness } from '#lib/http/add-weakness.ts'
import { getBrowserTimeZone } from '#lib/http/browser-time-zone.ts'
import { setVisitorMessage } from '#lib/http/flash-message.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'
import { getSignInCookies } from '#lib/http/session-cookies.ts'
import { err } from '#lib/result.ts'

export async function signUpAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const state = await runAction(null, previous, form, signUpSchema, async (input, client) => {
    if (blocksCookies(await headers())) return err({ code: 'COOKIES_REFUSED' })
    const signIn = {
      client,
      transport: 'cookie',
      persistent: true,
      submission: getSubmissionId(form),
      timeZone: getBrowserTimeZone(form),
      now: new Date(),
      ...(await getSignInCookies()),
    } as const
    const signedUp = await signUp(input, signIn)
    if (!signedUp.ok) return err(attachToEmailField(signedUp.error))
    if (!signedUp.value) {
      await setVisitorMessage('signed-up', input.email)
      redirect('/signup?sent')
    }
    await signInBrowser(signedUp.value)
    redirect(safeRedirect(form.get('next')))
  })
  return addWeakness(state, {
    field: 'password',
    form,
    owner: { email: state.values.email ?? '', name: null },
  })
}

/** The page shows a taken address at its field. The API answers 409 without details. */
function attachToEmailField(failure: SignUpFailure): SignUpFailure {
  if (failure.code !== 'EMAIL_TAKEN') return failure
  return { ...failure, details: [{ field: 'email', issue: AUTH_FAILURES.EMAIL_TAKEN.text }] }
}
