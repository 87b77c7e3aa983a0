import { toPageRefusal } from '#lib/gate/refuse-page.ts'
import { RETRY_AFTER } from '#lib/gate/request-failures.ts'
import { getOpenRequest } from './detect-aborted-requests.ts'

/**
 * Gives the page that is being rendered the status 404. `notFound()` of Next.js ends in a document without content, which
 * scripts alone fill (https://github.com/vercel/next.js/issues/62228).
 */
export function answerNotFound(): void {
  const open = getOpenRequest()
  // The router loads a page as a document when its data come with an error.
  if (open && !open.isForRouter && !open.response.headersSent) open.response.statusCode = 404
}

/**
 * Answers a page that could not read the database, in place of the document with status 500 and without content in which an
 * error of a page ends. Next.js writes nothing to a response that has been sent, but sets its status to 500 for the log. A page
 * that the router loads shows `error.tsx`.
 */
export function answerUnavailable(): void {
  const { response, isForRouter } = getOpenRequest() ?? {}
  if (!response || isForRouter || response.headersSent || 'next-action' in response.req.headers) return
  const isForm = response.req.method === 'POST'
  const { status, headers, body } = toPageRefusal(isForm ? 'FORM_UNANSWERED' : 'PAGE_UNAVAILABLE', false)
  response.statusCode = status
  for (const [name, value] of Object.entries({ ...headers, ...RETRY_AFTER })) response.setHeader(name, value)
  response.end(body)
  Object.defineProperty(response, 'statusCode', { get: () => status, set: () => {} })
}
