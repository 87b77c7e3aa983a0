/** The browser continues with GET, whatever the method was (303). The redirect depends on the session: `no-store`. */
export function redirectResponse(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' } })
}
