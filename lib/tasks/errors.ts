import type { FailureMeaning } from '#lib/failure'

/** Every expected failure of tasks. */
export type TaskFailureCode = 'TASK_NOT_FOUND'

export const TASK_FAILURES: Record<TaskFailureCode, FailureMeaning> = {
  TASK_NOT_FOUND: {
    status: 404,
    message: 'There is no such task',
    text: 'This task is gone. It was deleted in another window or on another device.',
  },
}
