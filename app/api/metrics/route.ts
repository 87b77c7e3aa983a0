import { endpoint, everyMethod, route } from '#lib/http/route.ts'
import { serveMetrics } from '#lib/http/serve-metrics.ts'
import { err } from '#lib/result.ts'

const nothing = endpoint({ access: 'public' }, async () => err({ code: 'NOT_FOUND' }))

/** For Prometheus alone. Without its token every method is 404. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  ...everyMethod(nothing),
  GET: (request) => serveMetrics(request.headers),
})
