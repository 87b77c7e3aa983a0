import { endpoint, everyMethod, route } from '#lib/http/route.ts'
import { err } from '#lib/result.ts'

const unknown = endpoint({ access: 'admin' }, async () => err({ code: 'NOT_FOUND' }))

/** Every other path below /api/admin is 404 for every caller: "admin" is never a user id. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route(everyMethod(unknown))
