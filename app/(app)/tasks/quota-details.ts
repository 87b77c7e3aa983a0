import { QUOTAS, type QuotaExceeded, type TaskRefusal } from '#lib/tasks/errors.ts'

const ISSUES: Record<QuotaExceeded['quota'], string> = {
  open_tasks: `You can have ${QUOTAS.open_tasks.toLocaleString('en')} open tasks. Complete or delete some, then add this again.`,
  lists: `You can have ${QUOTAS.lists} lists. Choose one that you have, or delete one, then add this again.`,
}

/** Adds to a refusal what the field "New task" shows. */
export function withDetails(refusal: TaskRefusal) {
  if (refusal.code !== 'QUOTA_EXCEEDED') return refusal
  return { ...refusal, details: [{ field: 'title', issue: ISSUES[refusal.quota] }] }
}
