import { QUOTAS, type QuotaExceeded } from '#lib/tasks/errors.ts'

const ISSUES: Record<QuotaExceeded['quota'], string> = {
  open_tasks: `You can have ${QUOTAS.open_tasks.toLocaleString('en')} open tasks, so nothing was imported. Complete or delete some, then import this file again.`,
  lists: `You can have ${QUOTAS.lists} lists, so nothing was imported. Delete some, then import this file again.`,
}

/** A refused import, with what the form shows. */
export function describeQuota(error: QuotaExceeded) {
  return { ...error, details: [{ field: 'upload', issue: ISSUES[error.quota] }] }
}
