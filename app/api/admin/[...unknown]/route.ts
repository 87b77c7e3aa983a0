import { endpoint, everyMethod, route } from '#lib/http/route.ts'
import { err } from '#lib/result.ts'

const unknown = endpoint({ access: 'admin' }, async () => err({ code: 'NOT_FOUND' }))

/** Every other path below /api/admin: "admin" is nobody's id, and nobody learns what is here and what is not. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route(everyMethod(unknown))
