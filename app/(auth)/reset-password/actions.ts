'use server'

import { redirect } from 'next/navigation'
import { getLinkOwner } from '#lib/auth/links/get-link-owner.ts'
import { signInBrowser } from '#lib/auth/next-auth.ts'
import { resetAndLogIn } from '#lib/auth/recovery/reset-and-log-in.ts'
import { resetPasswordSchema } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { addWeakness } from '#lib/http/add-weakness.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'
import { clearLinkToken, getLinkToken } from '#lib/http/link-cookie.ts'
import { getSignInCookies } from '#lib/http/session-cookies.ts'

const schema = resetPasswordSchema.omit({ token: true })

export async function resetPasswordAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const now = new Date()
  const token = (await getLinkToken()) ?? ''
  const state = await runAction(null, previous, form, schema, async ({ password }, client) => {
    const cookies = await getSignInCookies()
    const signIn = { client, transport: 'cookie', persistent: true, now, ...cookies } as const
    const loggedIn = await resetAndLogIn({ token, password }, signIn)
    if (!loggedIn.ok) return loggedIn
    await clearLinkToken()
    await signInBrowser(loggedIn.value)
    const { isKept, session } = loggedIn.value
    await setFlashMessage(isKept ? 'account-kept' : 'password-reset', { sessionId: session.id })
    redirect('/tasks')
  })
  const owner = await getLinkOwner({ token, purposes: ['reset_password'], now })
  return owner ? addWeakness(state, { field: 'password', form, owner }) : state
}
