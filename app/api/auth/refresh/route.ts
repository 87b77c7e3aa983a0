import { refresh } from '#lib/auth/refresh'
import { refreshSchema } from '#lib/auth/schema'
import { endpoint, route } from '#lib/http/route'
import { ok } from '#lib/result'
import { tokenBody } from '../signed-in-reply'

/** For bearer sessions alone: it never reads cookies (design 4). */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'open', body: refreshSchema }, async ({ body, client }) => {
    const refreshed = await refresh(body.refresh_token, { client, transport: 'bearer' })
    return refreshed.ok ? ok({ status: 200, body: tokenBody(refreshed.value) }) : refreshed
  }),
})
