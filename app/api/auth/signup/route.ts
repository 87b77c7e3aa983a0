import { signUpSchema } from '#lib/auth/schema.ts'
import { signUp } from '#lib/auth/sign-up.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { signedInReply } from '../signed-in-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'public', body: signUpSchema }, async ({ body, client }) => {
    const signedUp = await signUp(body, { client, transport: 'bearer', persistent: true, now: new Date() })
    return signedUp.ok ? signedInReply(201, signedUp.value) : signedUp
  }),
})
