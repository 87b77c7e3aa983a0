import { edgeEnv } from '#lib/env/edge.ts'

const MAX_AGE_SECONDS = '600'

/** Scripts of the origins in `CORS_ORIGINS` may call the API with bearer tokens, never with cookies. */
export function corsHeaders(origin: string | null): Record<string, string> {
  const varies = { Vary: 'Origin' }
  if (origin === null || !edgeEnv().corsOrigins.includes(origin)) return varies
  return {
    ...varies,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers':
      'X-Request-Id, X-Batch-Id, Retry-After, Location, ETag, WWW-Authenticate',
  }
}

export function preflightHeaders(origin: string | null): Record<string, string> {
  const headers = corsHeaders(origin)
  if (!headers['Access-Control-Allow-Origin']) return headers
  return {
    ...headers,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match',
    'Access-Control-Max-Age': MAX_AGE_SECONDS,
  }
}
