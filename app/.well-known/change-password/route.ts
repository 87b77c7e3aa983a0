/** Where password managers send their users (W3C, A Well-Known URL for Changing Passwords). */
export function GET(): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: '/settings/password', 'Cache-Control': 'no-store' },
  })
}
