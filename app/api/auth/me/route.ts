import { requestDeletion } from '#lib/auth/deletion/request-deletion.ts'
import { deleteAccountSchema } from '#lib/auth/schema.ts'
import { updateProfile } from '#lib/auth/update-profile.ts'
import { accountBody } from '#lib/http/account-body.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'
import { updateProfileSchema } from './update-schema.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'signed-in' }, async ({ actor }) => ok({ status: 200, body: accountBody(actor) })),

  PATCH: endpoint({ access: 'actor', body: updateProfileSchema }, async ({ actor, body }) => {
    const profile = await updateProfile(actor, body)
    return profile.ok ? ok({ status: 200, body: accountBody({ ...actor, ...profile.value }) }) : profile
  }),

  DELETE: endpoint({ access: 'actor', body: deleteAccountSchema }, async ({ actor, body }) => {
    const requested = await requestDeletion(actor, { password: body.password, now: new Date() })
    if (!requested.ok) return requested
    return ok({ status: 202, body: { deleted_on: requested.value.toISOString().slice(0, 10) } })
  }),
})
