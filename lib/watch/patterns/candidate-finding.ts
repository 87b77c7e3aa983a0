import type { Pattern } from '#lib/watch/patterns/thresholds.ts'
import type { Networks } from './network-evidence.ts'

/** How sure a suspicion is; each pattern says when it is what. */
export type Confidence = 'low' | 'medium' | 'high'

/** A suspicious pattern as the events of one window show it. */
export type CandidateFinding = Networks & {
  pattern: Pattern
  /** Whom or what it is about; one open finding per pattern and subject. */
  subject: string
  userId: string | null
  sessionId: string | null
  confidence: Confidence
  /** Of the evidence. */
  firstSeenAt: Date
  lastSeenAt: Date
  /** What the pattern's threshold counts. */
  count: number
  /** Flat and small: what a sentence about it needs. */
  details: Record<string, string | number | boolean>
}
