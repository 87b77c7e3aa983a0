/**
 * Refuses a prefetch so that no cache keeps the answer. Behind HTTP Basic the status is 403: after a 401 browsers drop
 * the password of the proxy in front and ask for it again.
 */
export function refusePrefetch(headers: Headers): Response {
  const isBehindBasic = /^basic\b/i.test(headers.get('authorization') ?? '')
  return new Response(null, { status: isBehindBasic ? 403 : 401, headers: { 'Cache-Control': 'no-store' } })
}
