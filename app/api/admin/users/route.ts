import { answerMeta } from '#lib/auth/edge/error-envelope'
import { listUsers } from '#lib/auth/operator/list-users'
import { operatorOf } from '#lib/auth/operator/operator'
import { pagingSchema } from '#lib/http/paging'
import { adminRoute, endpoint } from '#lib/http/route'
import { ok } from '#lib/result'
import { plainText } from '#lib/text-schema'
import { userBody } from './user-body'

const query = pagingSchema.extend({ search: plainText(254).optional() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  GET: endpoint({ access: 'admin', query }, async ({ actor, query, client }) => {
    const { users, nextCursor } = await listUsers(operatorOf(actor), query)
    const meta = { ...answerMeta(client.requestId), count: users.length, next_cursor: nextCursor }
    return ok({ status: 200, body: { data: users.map(userBody), meta } })
  }),
})
