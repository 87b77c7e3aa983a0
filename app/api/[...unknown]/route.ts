import { endpoint, everyMethod, route } from '#lib/http/route.ts'
import { err } from '#lib/result.ts'

const unknown = endpoint({ access: 'actor' }, async () => err({ code: 'NOT_FOUND' }))

/** Answers every other path below /api in the error envelope. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route(everyMethod(unknown))
