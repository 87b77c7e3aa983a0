import { requestPasswordReset } from '#lib/auth/recovery/request-password-reset.ts'
import { forgotPasswordSchema } from '#lib/auth/schema.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

const MESSAGE = 'If the address has an account, a link is being sent to it'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'public', body: forgotPasswordSchema }, async ({ body, client }) => {
    const requested = await requestPasswordReset(body.email, { client, now: new Date() })
    return requested.ok ? ok({ status: 202, body: { message: MESSAGE } }) : requested
  }),
})
