import { confirmEmail } from '#lib/auth/confirmation/confirm-email.ts'
import { confirmEmailSchema } from '#lib/auth/schema.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'public', body: confirmEmailSchema }, async ({ body, client }) => {
    const confirmed = await confirmEmail(body.token, { client, now: new Date() })
    return confirmed.ok ? ok({ status: 204, body: null }) : confirmed
  }),
})
