import { REQUEST_FAILURES } from '#lib/gate/request-failures.ts'

/** What a page knows if its server action did not answer: Next.js reports an error without a status. */
export type FailedResponse = {
  /** `unsent`: the browser was offline. `unreachable`: no answer came. */
  outcome: 'unsent' | 'unreachable' | 'answered'
  status: number | null
  text: string | null
}

/** Every plain-text refusal of this server contains this, and no proxy's does. */
const OWN_REFUSAL = /\bnothing was done\b/i
const MAYBE_SAVED =
  'This may have been saved anyway: check in another window before you send it again. What you typed is still here.'
const UNREACHABLE = 'We couldn’t reach the server.'
const BROKEN = `Something between you and the server failed before the answer arrived. ${MAYBE_SAVED}`
const OUT_OF_DATE =
  'The server couldn’t read what this page sent, so nothing was done. Copy what you typed, reload the page, then send it again.'

const REFUSED =
  'This site, or a proxy in front of it, refused this, so nothing was done. What you typed is still here.'

/** A status below 500 comes before any work. One from 500 on may follow it. */
const TEXTS: Record<number, string> = {
  400: OUT_OF_DATE,
  401: 'A proxy in front of this site asks for a log-in of its own, so nothing was done. Open this site in another window, log in there, then send this again. What you typed is still here.',
  403: REFUSED,
  404: OUT_OF_DATE,
  405: OUT_OF_DATE,
  408: `${REQUEST_FAILURES.REQUEST_TIMEOUT.text} Check your connection and try again.`,
  409: OUT_OF_DATE,
  411: 'A proxy between you and the server removed the length of what you sent, so nothing was done. Try another network.',
  413: REQUEST_FAILURES.PAYLOAD_TOO_LARGE.text,
  429: 'Too many requests came from your network, so nothing was done. Wait a minute, then try again.',
  431: 'Your browser sends more cookies than the server accepts, so nothing was done. Delete this site’s cookies, then log in again.',
  500: REQUEST_FAILURES.INTERNAL_SERVER_ERROR.text,
  502: BROKEN,
  503: 'This site isn’t available right now. Try again in a moment. What you typed is still here.',
  504: BROKEN,
}

/** A page with status 200: that of a captive portal, or the log-in page of a proxy. */
const PAGE_INSTEAD =
  'Another page came back in place of our answer, such as the log-in page of your network. This may not have been saved. Open this site in another window, log in if you’re asked to, then send this again. What you typed is still here.'

export function describeFailedResponse({ outcome, status, text }: FailedResponse): string {
  if (outcome === 'unsent')
    return `${UNREACHABLE} You’re offline, so nothing was sent. Try again once you’re online. What you typed is still here.`
  if (outcome === 'unreachable') return `${UNREACHABLE} ${MAYBE_SAVED}`
  if (text && OWN_REFUSAL.test(text)) return text.trim()
  if (status === null) return BROKEN
  if (status < 400) return PAGE_INSTEAD
  return TEXTS[status] ?? (status < 500 ? REFUSED : BROKEN)
}
