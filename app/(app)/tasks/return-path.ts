import { safeRedirect } from '#lib/http/safe-redirect.ts'

const TASKS = /^\/tasks(?=[/?#]|$)/

/** The page of tasks that a form or a link names, else the list. */
export function returnPath(named: unknown): string {
  const path = safeRedirect(named)
  return TASKS.test(path) ? path : '/tasks'
}
