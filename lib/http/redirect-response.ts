/** Leads to another page, to be visited by GET whatever the method was. No cache keeps it: it depends on the session. */
export function redirectResponse(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' } })
}
