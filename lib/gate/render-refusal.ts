import { escapeHtml } from '#lib/escape-html.ts'

const STYLE = `:root{color-scheme:light dark;--paper:light-dark(oklch(0.985 0.004 95),oklch(0.2 0.012 260));--ink:light-dark(oklch(0.24 0.015 260),oklch(0.93 0.006 95));--quiet:light-dark(oklch(0.49 0.015 260),oklch(0.72 0.012 260));--accent:light-dark(oklch(0.5 0.105 165),oklch(0.75 0.1 165))}
body{margin:0;background:var(--paper);color:var(--ink);font:0.9375rem/1.5rem system-ui,sans-serif;overflow-wrap:break-word}
header{padding:1.5rem 1rem 0;font-size:1rem;font-weight:600;letter-spacing:-0.011em}
header,main{max-width:24rem;margin:0 auto}
main{padding:2.5rem 1rem 4rem}
@media (min-width:40rem){header{padding-top:12vh}}
h1{margin:0;font-size:1.75rem;line-height:2.25rem;font-weight:500;letter-spacing:-0.011em;text-wrap:balance}
p{margin:1.5rem 0 0;color:var(--quiet);text-wrap:pretty}
a{color:var(--accent);text-underline-offset:4px;border-radius:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`

/** The SHA-256 of `STYLE`, by which the policy allows it. A test compares. */
const STYLE_HASH = '/pYuUQReI0mKGTQcswadJ/w1m6rs1WKt+UuaI4cHNyI='

export const REFUSAL_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export function renderRefusalPage(title: string, text: string, link: { href: string; text: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Taskward</title>
<style>${STYLE}</style>
</head>
<body>
<header>Taskward</header>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>
</main>
</body>
</html>
`
}
