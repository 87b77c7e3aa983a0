import type { FailureMeaning } from '#lib/failure.ts'

/** Every expected failure of handling a finding. */
export type FindingFailureCode = 'FINDING_NOT_FOUND'

export const FINDING_FAILURES: Record<FindingFailureCode, FailureMeaning> = {
  FINDING_NOT_FOUND: {
    status: 404,
    message: 'There is no such finding',
    text: 'This finding is gone. Findings are deleted when the events they tell of have served their time.',
  },
}
