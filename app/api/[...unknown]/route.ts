import { endpoint, everyMethod, route } from '#lib/http/route.ts'
import { err } from '#lib/result.ts'

const unknown = endpoint({ access: 'actor' }, async () => err({ code: 'NOT_FOUND' }))

/** Every other path below /api, so that it too is answered in the error envelope. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route(everyMethod(unknown))
