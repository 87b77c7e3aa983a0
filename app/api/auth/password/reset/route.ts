import { resetPassword } from '#lib/auth/recovery/reset-password.ts'
import { resetPasswordSchema } from '#lib/auth/schema.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

/** Starts no session: the client program sends the new password to `/api/auth/login`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'public', body: resetPasswordSchema }, async ({ body, client }) => {
    const reset = await resetPassword(body, { client, now: new Date() })
    return reset.ok ? ok({ status: 204, body: null }) : reset
  }),
})
