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
