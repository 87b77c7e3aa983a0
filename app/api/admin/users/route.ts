import { operatorOf } from '#lib/actor.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { listUsers } from '#lib/operator/list-users.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'
import { plainText } from '#lib/text-schema.ts'
import { userBody } from './user-body.ts'

const query = pagingSchema.extend({ search: plainText(254).optional() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  GET: endpoint({ access: 'admin', query }, async ({ actor, query, client }) => {
    const { users, nextCursor } = await listUsers(operatorOf(actor), { ...query, now: new Date() })
    const meta = { ...responseMeta(client.requestId), count: users.length, next_cursor: nextCursor }
    return ok({ status: 200, body: { data: users.map(userBody), meta } })
  }),
})
