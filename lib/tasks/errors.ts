import type { FailureMeaning } from '#lib/failure.ts'
import type { Task } from './task.ts'

/** The task has changed since the caller read it. `task` is its present state. */
export type VersionMismatch = { code: 'VERSION_MISMATCH'; task: Task }

export const TASK_FAILURES = {
  TASK_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such task',
    text: 'This task is gone. It was deleted in another window or on another device.',
  },
  VERSION_MISMATCH: {
    status: 412,
    publicCode: 'VERSION_MISMATCH',
    message: 'The task has changed since the version in If-Match',
    text: 'This task was changed in another window or on another device. Nothing has been saved yet: choose which text to keep, then save again.',
  },
} satisfies Record<string, FailureMeaning>
