/** 403 behind HTTP Basic: after a 401 browsers drop the password of the proxy. No cache keeps the answer. */
export function refusePrefetch(headers: Headers): Response {
  const isBehindBasic = /^basic\b/i.test(headers.get('authorization') ?? '')
  return new Response(null, { status: isBehindBasic ? 403 : 401, headers: { 'Cache-Control': 'no-store' } })
}
