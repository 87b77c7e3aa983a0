import type { FailureMeaning } from '#lib/failure.ts'

/** Every expected failure of handling a finding. */
export const FINDING_FAILURES = {
  FINDING_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such finding',
    text: 'This finding is gone. Findings are deleted when the events they tell of have served their time.',
  },
} satisfies Record<string, FailureMeaning>
