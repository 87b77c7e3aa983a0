'use server'

import { redirect } from 'next/navigation'
import { signInBrowser } from '#lib/auth/next-auth.ts'
import { resetAndLogIn } from '#lib/auth/recovery/reset-and-log-in.ts'
import { resetPasswordSchema } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { clearLinkToken, getLinkToken } from '#lib/http/link-cookie.ts'
import { getSignInCookies } from '#lib/http/session-cookies.ts'

export async function resetPasswordAction(previous: FormState | null, form: FormData): Promise<FormState> {
  return runAction(
    null,
    previous,
    form,
    resetPasswordSchema.omit({ token: true }),
    async ({ password }, client) => {
      const token = (await getLinkToken()) ?? ''
      const signIn = {
        client,
        transport: 'cookie',
        persistent: true,
        now: new Date(),
        ...(await getSignInCookies()),
      } as const
      const loggedIn = await resetAndLogIn({ token, password }, signIn)
      if (!loggedIn.ok) return loggedIn
      await clearLinkToken()
      await signInBrowser(loggedIn.value)
      redirect('/tasks')
    },
  )
}
