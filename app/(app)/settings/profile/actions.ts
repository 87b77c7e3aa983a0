'use server'

import { redirect } from 'next/navigation'
import { requireActor } from '#lib/auth/actor.ts'
import { profileSchema } from '#lib/auth/schema.ts'
import { updateProfile } from '#lib/auth/update-profile.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setFlashMessage } from '#lib/http/flash-message.ts'

export async function saveProfileAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor('/settings/profile', form)
  return runAction(actor, previous, form, profileSchema, async ({ name, time_zone: timeZone }) => {
    const saved = await updateProfile(actor, { name, timeZone })
    if (!saved.ok) return saved
    await setFlashMessage('profile-saved', actor)
    redirect('/settings/profile?saved')
  })
}
