import { getAccount } from '#lib/auth/get-account.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { err, ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'signed-in' }, async ({ actor }) => {
    const account = await getAccount(actor.userId)
    if (!account) return err({ code: 'UNAUTHORIZED' })
    return ok({
      status: 200,
      body: {
        user_id: account.id,
        email: account.email,
        name: account.name,
        created_at: account.createdAt,
        last_login_at: account.lastLoginAt,
        session_id: actor.sessionId,
      },
    })
  }),
})
