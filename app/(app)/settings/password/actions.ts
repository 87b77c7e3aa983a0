'use server'

import { redirect } from 'next/navigation'
import { requireActor } from '#lib/auth/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { signInBrowser } from '#lib/auth/next-auth.ts'
import { changePasswordSchema } from '#lib/auth/schema.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { addWeakness } from '#lib/http/add-weakness.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'
import { getSignInCookies } from '#lib/http/session-cookies.ts'

export async function changePasswordAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor('/settings/password', form)
  const schema = changePasswordSchema(actor.email)
  const state = await runAction(actor, previous, form, schema, async (input, client) => {
    const signIn = {
      client,
      transport: 'cookie',
      persistent: actor.persistent,
      now: new Date(),
      ...(await getSignInCookies()),
    } as const
    const changed = await changePassword(actor, {
      currentPassword: input.current_password,
      newPassword: input.new_password,
      signIn,
    })
    if (!changed.ok) return changed
    await signInBrowser(changed.value)
    await setFlashMessage('password-changed', { sessionId: changed.value.session.id })
    redirect('/settings/password?changed')
  })
  return addWeakness(state, { field: 'new_password', form, owner: actor })
}
