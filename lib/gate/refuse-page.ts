import { edgeEnv } from '#lib/env/edge.ts'
import { REFUSAL_PAGE_POLICY, renderRefusalPage } from './render-refusal.ts'
import { REQUEST_FAILURES } from './request-failures.ts'

const { REQUEST_TIMEOUT, PAYLOAD_TOO_LARGE, SERVICE_UNAVAILABLE } = REQUEST_FAILURES

type Refusal = {
  status: number
  title: string
  text: string
  advice?: string
  linksToAppUrl?: true
  /** Links to the same address, in place of the start page. */
  linksToItself?: true
}

const REFUSALS = {
  BAD_REQUEST: {
    status: 400,
    title: 'We couldn’t read this request',
    text: 'Your browser, or something between it and this site, sent a malformed request. Nothing was done.',
    advice: 'Go back and try again.',
  },
  MALFORMED_FORM: {
    status: 400,
    title: 'We couldn’t read this form',
    text: 'This form arrived incomplete or malformed, so nothing was done.',
    advice: 'Go back, reload the page and try again.',
  },
  FOREIGN_FORM: {
    status: 403,
    title: 'This form came from another site',
    text: 'This form wasn’t sent from this site, so nothing was done. Open the page on this site and try again.',
  },
  WRONG_ADDRESS: {
    status: 403,
    title: 'This site has another address',
    text: 'Forms work only there, so nothing was done. Open that address and try again. If you run this site and users should use the address that you opened, set APP_URL to it.',
    linksToAppUrl: true,
  },
  NOT_FOUND: {
    status: 404,
    title: 'Page not found',
    text: 'There is no page at this address, so nothing was done.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'You can’t do this here',
    text: 'This address doesn’t accept requests of this kind. Nothing was done.',
  },
  REQUEST_TIMEOUT: {
    status: REQUEST_TIMEOUT.status,
    title: 'This took too long',
    text: REQUEST_TIMEOUT.text,
    advice: 'Go back and try again.',
  },
  PAYLOAD_TOO_LARGE: {
    status: PAYLOAD_TOO_LARGE.status,
    title: 'This is too long',
    text: `${PAYLOAD_TOO_LARGE.text} You can send at most 64 KiB in one request, which is 16,000 characters or more.`,
    advice: 'Go back and shorten it.',
  },
  FILE_TOO_LARGE: {
    status: PAYLOAD_TOO_LARGE.status,
    title: 'This file is too large',
    text: 'This file is larger than 10 MB. Nothing was done.',
    advice: 'Go back, split it into several files, and import one after another.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'This request is too large',
    text: 'Your browser sent too many cookies or a very long address. In your browser’s settings, delete the cookies of this site and of the sites that share its domain. Then open this site again.',
  },
  BUSY: {
    status: SERVICE_UNAVAILABLE.status,
    title: 'The server is busy',
    text: 'The server is busy, so nothing was done.',
    advice: 'Go back and try again in a moment.',
  },
  SERVICE_UNAVAILABLE: {
    status: SERVICE_UNAVAILABLE.status,
    title: 'We’ll be right back',
    text: 'We can’t reach our database right now, so nothing was done. What you typed is still here: try again in a moment.',
  },
  PAGE_UNAVAILABLE: {
    status: SERVICE_UNAVAILABLE.status,
    title: 'We’ll be right back',
    text: 'We can’t reach our database right now. This usually takes less than a minute. Your tasks are safe.',
    linksToItself: true,
  },
  FORM_UNANSWERED: {
    status: SERVICE_UNAVAILABLE.status,
    title: 'We’ll be right back',
    text: 'We can’t reach our database right now. This form may not have been saved.',
    advice:
      'Go back in a moment: what you typed is still there. Check whether it was saved before you send it again.',
  },
} satisfies Record<string, Refusal>

export type PageRefusalCode = keyof typeof REFUSALS

export type PageRefusal = { status: number; headers: Record<string, string>; body: string }

/** A text to an action call: Next.js passes it to the form only if its type is exactly `text/plain`. */
export function toPageRefusal(code: PageRefusalCode, isActionCall: boolean): PageRefusal {
  const { status, title, text, advice, linksToAppUrl, linksToItself }: Refusal = REFUSALS[code]
  const { origin } = edgeEnv().appUrl
  const message = linksToAppUrl ? `The address of this site is ${origin}. ${text}` : text
  if (isActionCall) {
    return { status, headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }, body: message }
  }
  const start = linksToAppUrl
    ? { href: `${origin}/`, text: `Open ${origin}` }
    : { href: '/', text: 'Go to the start page' }
  const link = linksToItself ? { href: '', text: 'Try again' } : start
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'Content-Security-Policy': REFUSAL_PAGE_POLICY,
    },
    body: renderRefusalPage(title, advice ? `${message} ${advice}` : message, link),
  }
}

export function refusePage(
  code: PageRefusalCode,
  request: { headers: Headers },
  more: Record<string, string> = {},
): Response {
  const { status, headers, body } = toPageRefusal(code, request.headers.has('next-action'))
  return new Response(body, { status, headers: { ...headers, ...more } })
}
