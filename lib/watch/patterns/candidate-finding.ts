import type { Pattern } from '#lib/watch/patterns/thresholds.ts'
import type { Networks } from './network-evidence.ts'

export type Confidence = 'low' | 'medium' | 'high'

export type CandidateFinding = Networks & {
  pattern: Pattern
  /** The account, session or network that it is about. One finding per pattern and subject is open. */
  subject: string
  userId: string | null
  sessionId: string | null
  confidence: Confidence
  firstSeenAt: Date
  lastSeenAt: Date
  count: number
  details: Record<string, string | number | boolean>
}
