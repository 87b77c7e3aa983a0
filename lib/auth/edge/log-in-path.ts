/** The log-in page that leads back to what was asked for: to a form's page, without its query. */
export function logInPath({ url, method }: Pick<Request, 'url' | 'method'>): string {
  const { pathname, searchParams } = new URL(url)
  // Next's own mark of a navigation that its router makes.
  searchParams.delete('_rsc')
  const query = method !== 'POST' && searchParams.size > 0 ? `?${searchParams}` : ''
  return `/login?${new URLSearchParams({ next: pathname + query })}`
}

/** Where a form is sent whose session has ended: keeps what was typed, and leads to the log-in. */
export const DRAFT_PATH = '/login/draft'

/** Where the gate hands on a form whose session has ended. */
export function draftPath(request: Pick<Request, 'url' | 'method'>): string {
  return logInPath(request).replace('/login', DRAFT_PATH)
}
