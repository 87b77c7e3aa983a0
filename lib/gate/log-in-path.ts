/** The path of the log-in page that leads back to the page of a request: with its query, unless it is a form. */
export function logInPath({ url, method }: Pick<Request, 'url' | 'method'>): string {
  const { pathname, searchParams } = new URL(url)
  // Next's own mark of a navigation that its router makes.
  searchParams.delete('_rsc')
  const query = method !== 'POST' && searchParams.size > 0 ? `?${searchParams}` : ''
  return `/login?${new URLSearchParams({ next: pathname + query })}`
}

/** Keeps what was typed in a form whose session has ended, and leads to the log-in. */
export const DRAFT_PATH = '/login/draft'
