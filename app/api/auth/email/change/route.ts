import { requestEmailChange } from '#lib/auth/email-change/request-email-change.ts'
import { changeEmailSchema } from '#lib/auth/schema.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

/** The same whether the address has an account or not. */
const MESSAGE = 'The email changes when the link in the mail to the new address is used'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'unconfirmed', body: changeEmailSchema }, async ({ actor, body }) => {
    const requested = await requestEmailChange(actor, { ...body, now: new Date() })
    return requested.ok ? ok({ status: 202, body: { message: MESSAGE } }) : requested
  }),
})
