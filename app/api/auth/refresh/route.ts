import { refresh } from '#lib/auth/refresh.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'
import { tokenBody } from '../signed-in-reply.ts'
import { refreshSchema } from './refresh-schema.ts'

/** For bearer sessions alone: it never reads cookies (docs/decisions/0003-sessions-and-access-tokens.md). */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'public', body: refreshSchema }, async ({ body, client }) => {
    const refreshed = await refresh(body.refreshToken, { client, transport: 'bearer', now: new Date() })
    return refreshed.ok ? ok({ status: 200, body: tokenBody(refreshed.value) }) : refreshed
  }),
})
