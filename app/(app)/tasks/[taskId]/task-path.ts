import { returnPath } from '../return-path.ts'

/** The page of a task. @param from the list that it returns to */
export function taskPath(id: string, from: string): string {
  const path = `/tasks/${encodeURIComponent(id)}`
  return from === '/tasks' ? path : `${path}?${new URLSearchParams({ from })}`
}

/** The page of the task that a form is about. */
export function taskPathOfForm(form: FormData): string {
  // Any client can call an action with any argument.
  const [id, from] = form instanceof FormData ? [form.get('id'), form.get('return_to')] : []
  return taskPath(typeof id === 'string' ? id : '', returnPath(from))
}
