import { resendConfirmation } from '#lib/auth/confirmation/resend-confirmation.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

const MESSAGE = 'If the address is not confirmed yet, a link is being sent to it'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'signed-in' }, async ({ actor }) => {
    const sent = await resendConfirmation(actor, new Date())
    return sent.ok ? ok({ status: 202, body: { message: MESSAGE } }) : sent
  }),
})
