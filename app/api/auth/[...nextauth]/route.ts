import { endpoint, everyMethod, route } from '#lib/http/route.ts'
import { err } from '#lib/result.ts'

const shut = endpoint({ access: 'public' }, async () => err({ code: 'NOT_FOUND' }))

/**
 * The auth library's own endpoints are closed: `session` would prolong a cookie without rotating its tokens, and
 * `callback/credentials` would bypass the throttle (docs/decisions/0002-next-auth-kept-thin.md).
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route(everyMethod(shut))
