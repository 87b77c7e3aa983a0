import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'signed-in' }, async ({ actor }) =>
    ok({
      status: 200,
      body: {
        user_id: actor.userId,
        email: actor.email,
        name: actor.name,
        created_at: actor.createdAt,
        last_login_at: actor.lastLoginAt,
        session_id: actor.sessionId,
      },
    }),
  ),
})
