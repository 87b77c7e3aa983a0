import { AUTH_FAILURES } from '#lib/auth/errors.ts'
import type { FailureMeaning } from '#lib/failure.ts'
import { REQUEST_FAILURES } from '#lib/gate/request-failures.ts'
import { TASK_FAILURES } from '#lib/tasks/errors.ts'
import { FILE_FAILURES } from '#lib/tasks/import/errors.ts'
import { FINDING_FAILURES } from '#lib/watch/findings/errors.ts'

const ALL = {
  ...REQUEST_FAILURES,
  ...AUTH_FAILURES,
  ...TASK_FAILURES,
  ...FILE_FAILURES,
  ...FINDING_FAILURES,
}

/** Every expected failure. A code without a status, texts and a public code does not compile. */
export type FailureCode = keyof typeof ALL

export const FAILURES: Record<FailureCode, FailureMeaning> = ALL
