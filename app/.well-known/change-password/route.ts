import { seeOther } from '#lib/http/redirect-response.ts'

/** Where password managers send their users (W3C, A Well-Known URL for Changing Passwords). */
export function GET(): Response {
  return seeOther('/settings/password')
}
