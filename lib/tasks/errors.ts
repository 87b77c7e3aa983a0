import type { Failure, FailureMeaning, FieldIssue } from '#lib/failure.ts'
import type { Task } from './task.ts'

/** What an account may have at most. */
export const QUOTAS = { open_tasks: 20_000, lists: 200 }

/** The task has changed since the caller read it. `task` is its present state. */
export type VersionMismatch = { code: 'VERSION_MISMATCH'; task: Task }

export type QuotaExceeded = { code: 'QUOTA_EXCEEDED'; quota: keyof typeof QUOTAS }

/** A time without a day, or a zone without a time. */
export type InvalidDue = { code: 'INVALID_DUE'; details: FieldIssue[] }

/** A rule that has no day. */
export type InvalidRepeat = { code: 'INVALID_REPEAT'; details: FieldIssue[] }

/** A place after a task of another list. */
type InvalidPlace = { code: 'INVALID_PLACE'; details: FieldIssue[] }

/** Why a change of a task is refused. */
export type TaskRefusal =
  | Failure<'TASK_NOT_FOUND' | 'LIST_NOT_FOUND'>
  | Failure<'TOO_MANY_LABELS'>
  | InvalidDue
  | InvalidRepeat
  | InvalidPlace
  | VersionMismatch
  | QuotaExceeded

export const TASK_FAILURES = {
  TASK_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such task',
    text: 'This task is gone. It was deleted in another window or on another device.',
  },
  INVALID_DUE: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'Validation error',
    text: 'A time needs a day.',
  },
  INVALID_REPEAT: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'Validation error',
    text: 'This repetition has no day from today on. Choose another one.',
  },
  INVALID_PLACE: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'Validation error',
    text: 'The other task is in another list now. Choose a place again.',
  },
  VERSION_MISMATCH: {
    status: 412,
    publicCode: 'VERSION_MISMATCH',
    message: 'The task has changed since the version that you have',
    text: 'This task was changed in another window or on another device. Nothing has been saved yet: choose which text to keep, then save again.',
  },
  QUOTA_EXCEEDED: {
    status: 409,
    publicCode: 'QUOTA_EXCEEDED',
    message: 'The account has as many as it may have',
    text: 'Your list is full. Complete or delete a task, then try again.',
  },
  TOO_MANY_LABELS: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'A task has as many labels as it may have',
    text: 'A task can have 50 labels. Remove one of them, then try again.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    publicCode: 'RATE_LIMITED',
    message: 'The account has as many open streams as it may have',
    text: 'Close another window first.',
  },
  LIST_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such list',
    text: 'This list is gone. It was deleted in another window or on another device.',
  },
  BATCH_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such change',
    text: 'This can no longer be undone.',
  },
} satisfies Record<string, FailureMeaning>
