/** Allows the pages that need no log-in. */
const RULES = `User-agent: *
Allow: /$
Allow: /forgot-password$
Allow: /login$
Allow: /signup$
Allow: /_next/static/
Allow: /icon.svg
Disallow: /
`

export function GET(): Response {
  return new Response(RULES, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
}
