'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { secureAccount } from '#lib/auth/recovery/secure-account.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { getLinkToken, setLinkToken } from '#lib/http/link-cookie.ts'

export async function secureAccountAction(previous: FormState | null, form: FormData): Promise<FormState> {
  return runAction(null, previous, form, z.object({}), async (_, client) => {
    const secured = await secureAccount((await getLinkToken()) ?? '', { client, now: new Date() })
    // The page explains a link that no longer works.
    if (!secured.ok && secured.error.code === 'INVALID_LINK') redirect('/secure-account')
    if (!secured.ok) return secured
    await setLinkToken(secured.value)
    redirect('/reset-password')
  })
}
