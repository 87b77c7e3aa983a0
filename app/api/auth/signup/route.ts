import { signUpSchema } from '#lib/auth/schema'
import { signUp } from '#lib/auth/sign-up'
import { endpoint, route } from '#lib/http/route'
import { signedInReply } from '../signed-in-reply'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'open', body: signUpSchema }, async ({ body, client }) => {
    const signedUp = await signUp(body, { client, transport: 'bearer', persistent: true })
    return signedUp.ok ? signedInReply(201, signedUp.value) : signedUp
  }),
})
