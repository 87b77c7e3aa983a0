/**
 * The page of the task that a form is about.
 * @param from the list that the page returns to
 */
export function taskPath(form: FormData, from = '/tasks'): string {
  // Any client can call an action with any argument.
  const id = form instanceof FormData ? form.get('id') : null
  const path = `/tasks/${encodeURIComponent(typeof id === 'string' ? id : '')}`
  return from === '/tasks' ? path : `${path}?${new URLSearchParams({ from })}`
}
