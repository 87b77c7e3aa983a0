import type { FailureMeaning } from '#lib/failure.ts'

/** Every expected failure of the audit trail and its watch. */
export type AuditFailureCode = 'FINDING_NOT_FOUND'

export const AUDIT_FAILURES: Record<AuditFailureCode, FailureMeaning> = {
  FINDING_NOT_FOUND: {
    status: 404,
    message: 'There is no such finding',
    text: 'This finding is gone. Findings are deleted when the events they tell of have served their time.',
  },
}
