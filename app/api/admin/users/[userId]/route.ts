import type { z } from 'zod'
import type { Operator } from '#lib/actor.ts'
import { operatorOf } from '#lib/actor.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { changeRole } from '#lib/operator/change-role.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { enableAccount } from '#lib/operator/enable-account.ts'
import { getUser } from '#lib/operator/get-user.ts'
import { requirePasswordChange } from '#lib/operator/require-password-change.ts'
import { changeUserSchema } from '#lib/operator/schema.ts'
import { err, ok } from '#lib/result.ts'
import { userBody } from '../user-body.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  PATCH: endpoint({ access: 'admin', body: changeUserSchema }, async ({ actor, params, body, client }) => {
    const operator = operatorOf(actor)
    const userId = params.userId ?? ''
    const now = new Date()
    const changed = await change(operator, userId, { ...body, now })
    if (!changed.ok) return changed
    const user = await getUser(operator, userId, { now })
    if (!user) return err({ code: 'USER_NOT_FOUND' })
    return ok({ status: 200, body: { data: userBody(user), meta: responseMeta(client.requestId) } })
  }),
})

type Change = z.output<typeof changeUserSchema> & { now: Date }

/** The schema lets one change through. */
function change(operator: Operator, userId: string, { disabled, role, now }: Change) {
  if (role !== undefined) return changeRole(operator, userId, { role, now })
  if (disabled === undefined) return requirePasswordChange(operator, userId, { now })
  return disabled ? disableAccount(operator, userId, { now }) : enableAccount(operator, userId, { now })
}
