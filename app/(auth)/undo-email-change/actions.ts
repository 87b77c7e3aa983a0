'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { undoEmailChange } from '#lib/auth/email-change/undo-email-change.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { getLinkToken, setLinkToken } from '#lib/http/link-cookie.ts'

export async function undoEmailChangeAction(previous: FormState | null, form: FormData): Promise<FormState> {
  return runAction(null, previous, form, z.object({}), async (_, client) => {
    const undone = await undoEmailChange((await getLinkToken()) ?? '', { client, now: new Date() })
    // The page explains a link that no longer works.
    if (!undone.ok && undone.error.code === 'INVALID_LINK') redirect('/undo-email-change')
    if (!undone.ok) return undone
    await setLinkToken(undone.value)
    redirect('/reset-password')
  })
}
