'use server'

import { redirect } from 'next/navigation'
import { signInBrowser } from '#lib/auth/next-auth'
import { signUpSchema } from '#lib/auth/schema'
import { signUp } from '#lib/auth/sign-up'
import type { FormState } from '#lib/form-state'
import { runAction } from '#lib/http/action'
import { safeRedirect } from '#lib/http/safe-redirect'
import { getSignInCookies } from '#lib/http/session-cookies'

export async function signUpAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, signUpSchema, async (input, client) => {
    const signIn = { client, transport: 'cookie', persistent: true, ...(await getSignInCookies()) } as const
    const signedUp = await signUp(input, signIn)
    if (!signedUp.ok) return signedUp
    await signInBrowser(signedUp.value)
    redirect(safeRedirect(form.get('next')))
  })
}
