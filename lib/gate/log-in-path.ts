export function logInPath({ url, method }: Pick<Request, 'url' | 'method'>): string {
  const { pathname, searchParams } = new URL(url)
  // Next.js's router adds this to its navigations.
  searchParams.delete('_rsc')
  const query = method !== 'POST' && searchParams.size > 0 ? `?${searchParams}` : ''
  return `/login?${new URLSearchParams({ next: pathname + query })}`
}

/** Saves the text of a form whose session has ended, and redirects to the log-in. */
export const DRAFT_PATH = '/login/draft'
