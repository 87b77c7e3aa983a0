import { FAILURES } from './failures.ts'

/** What a page knows of an answer that its server action did not give: Next.js reports an error without a status. */
export type FailedAnswer = {
  /** `unsent`: the browser was offline. `unreachable`: no answer came. */
  outcome: 'unsent' | 'unreachable' | 'answered'
  /** Null where the browser does not report it. */
  status: number | null
  /** The answer's text, if it was plain text. */
  text: string | null
}

/** In every refusal that this server sends as plain text, and in no proxy's. */
const OWN_REFUSAL = /\bnothing was done\b/i
const MAYBE_SAVED =
  'This may have been saved all the same: check that in another window before you send it again. What you typed is still here.'
const UNREACHABLE = 'We couldn’t reach the server.'
const BROKEN = `Something between you and the server failed before its answer arrived. ${MAYBE_SAVED}`
const OUT_OF_DATE =
  'The server could not read what this page sent, so nothing was done. Copy what you typed, load the page again, and send it once more.'

const REFUSED =
  'This site, or something in front of it, refused this, so nothing was done. What you typed is still here.'

/** By status. A refusal below 500 comes before any work. An error from 500 on may come after it. */
const WORDS: Record<number, string> = {
  400: OUT_OF_DATE,
  401: 'Something in front of this site asks for a log-in of its own, so nothing was done. Open this site in another window, log in there, then send this again. What you typed is still here.',
  403: REFUSED,
  404: OUT_OF_DATE,
  405: OUT_OF_DATE,
  408: `${FAILURES.REQUEST_TIMEOUT.text} Check your connection and try again.`,
  409: OUT_OF_DATE,
  411: 'Something between you and the server cut the length off what you sent, so nothing was done. Try another network.',
  413: FAILURES.PAYLOAD_TOO_LARGE.text,
  429: 'Too many requests came from your network, so nothing was done. Wait a minute, then try again.',
  431: 'Your browser sends more cookies than the server takes, so nothing was done. Delete the cookies of this site, then log in again.',
  500: FAILURES.INTERNAL_SERVER_ERROR.text,
  502: BROKEN,
  503: 'This site is not available right now. What you typed is still here: try again in a moment.',
  504: BROKEN,
}

/** A page with status 200: that of a captive portal, or the log-in page of a proxy. */
const PAGE_INSTEAD =
  'A page that is not ours came in place of the answer, such as the log-in page of your network. This may not have been saved. Open this site in another window, log in where you are asked to, then send this again. What you typed is still here.'

/** What happened, whether anything was done, and what to do. Claims only what is known. */
export function describeFailedAnswer({ outcome, status, text }: FailedAnswer): string {
  if (outcome === 'unsent')
    return `${UNREACHABLE} Nothing was changed, since you are offline. What you typed is still here: try again once you are online.`
  if (outcome === 'unreachable') return `${UNREACHABLE} ${MAYBE_SAVED}`
  if (text && OWN_REFUSAL.test(text)) return text.trim()
  if (status === null) return BROKEN
  if (status < 400) return PAGE_INSTEAD
  return WORDS[status] ?? (status < 500 ? REFUSED : BROKEN)
}
