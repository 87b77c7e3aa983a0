import { createHmac } from 'node:crypto'
import { newestSecret } from './seal-secrets.ts'

/** The columns of an event that its MAC covers: all but those that the database adds. */
export type EventContent = {
  id: string
  eventType: string
  success: boolean
  failureReason: string | null
  userId: string | null
  sessionId: string | null
  email: string | null
  ipAddress: string | null
  network: string | null
  userAgent: string | null
  requestId: string | null
  details: Record<string, string | number | boolean> | null
  createdAt: Date
}

/** HMAC-SHA-256 under a secret of `AUDIT_SEAL_SECRET` over one purpose and its text: 32 bytes. */
export function auditMac(purpose: string, text: string | Buffer, secret: string): Buffer<ArrayBuffer> {
  return Buffer.from(
    createHmac('sha256', secret).update(`taskward audit ${purpose} v1\0`).update(text).digest(),
  )
}

/** Computed when an event is recorded. A row that another program wrote or changed has no valid one. */
export function eventMac(event: EventContent, secret = newestSecret()): Buffer<ArrayBuffer> {
  return auditMac('event', canonicalEvent(event), secret)
}

/** The same text for the same content, however the database orders the keys of `details`. */
export function canonicalEvent(event: EventContent): string {
  const { id, eventType, success, failureReason, userId, sessionId, email, ipAddress } = event
  const { network, userAgent, requestId, details, createdAt } = event
  const sorted = details && Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    ...[id, eventType, success, failureReason, userId, sessionId, email, ipAddress],
    ...[network, userAgent, requestId, sorted, createdAt.toISOString()],
  ])
}
