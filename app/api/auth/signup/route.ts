import { signUpSchema } from '#lib/auth/schema.ts'
import { signUp } from '#lib/auth/sign-up.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'
import { signedInReply } from '../signed-in-reply.ts'

/** With `SIGN_UP_ANSWER=uniform`, for every address. */
const MESSAGE = 'A mail is being sent to the address'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'public', body: signUpSchema }, async ({ body, client }) => {
    const signedUp = await signUp(body, { client, transport: 'bearer', persistent: true, now: new Date() })
    if (!signedUp.ok) return signedUp
    return signedUp.value
      ? signedInReply(201, signedUp.value)
      : ok({ status: 202, body: { message: MESSAGE } })
  }),
})
