import type { FailureMeaning } from '#lib/failure.ts'

export const FINDING_FAILURES = {
  FINDING_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such finding',
    text: 'This finding is no longer available. Findings are deleted together with their events.',
  },
} satisfies Record<string, FailureMeaning>
