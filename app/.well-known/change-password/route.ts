import { redirectResponse } from '#lib/http/redirect-response.ts'

/** Password managers open this address (W3C, A Well-Known URL for Changing Passwords). */
export function GET(): Response {
  return redirectResponse('/settings/password')
}
