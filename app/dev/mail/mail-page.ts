import { escapeHtml } from '#lib/escape-html.ts'

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/24px system-ui, sans-serif; margin: 24px auto; max-width: 720px; padding: 0 12px; overflow-wrap: anywhere; }
h1, h2 { font-weight: 500; font-size: 21px; line-height: 28px; }
iframe { border: 1px solid; border-radius: 8px; height: 560px; width: 100%; }
pre { white-space: pre-wrap; }
p { margin: 4px 0; }`

export function mailPage(title: string, body: string): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`
  return new Response(html, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

export function notFound(): Response {
  return new Response(null, { status: 404 })
}
