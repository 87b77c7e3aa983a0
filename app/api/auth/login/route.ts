import { logIn } from '#lib/auth/log-in.ts'
import { logInSchema } from '#lib/auth/schema.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { signedInReply } from '../signed-in-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'public', body: logInSchema }, async ({ body, client }) => {
    const loggedIn = await logIn(body, { client, transport: 'bearer', persistent: true, now: new Date() })
    return loggedIn.ok ? signedInReply(200, loggedIn.value) : loggedIn
  }),
})
