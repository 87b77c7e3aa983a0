import { logIn } from '#lib/auth/log-in'
import { logInSchema } from '#lib/auth/schema'
import { endpoint, route } from '#lib/http/route'
import { signedInReply } from '../signed-in-reply'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'open', body: logInSchema }, async ({ body, client }) => {
    const loggedIn = await logIn(body, { client, transport: 'bearer', persistent: true })
    return loggedIn.ok ? signedInReply(200, loggedIn.value) : loggedIn
  }),
})
