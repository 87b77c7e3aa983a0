import { securityTxt } from '#lib/http/security-txt.ts'

/** How to report a vulnerability (RFC 9116). 404 unless the configuration has a contact. */
export function GET(): Response {
  const text = securityTxt()
  if (!text) return new Response('There is nothing at this address.\n', { status: 404 })
  return new Response(text, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
}
