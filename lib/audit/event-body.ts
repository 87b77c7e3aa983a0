import type { OwnEvent } from './own-event.ts'

/** An event as outsiders see it (contract 2.6). */
export function eventBody(event: OwnEvent) {
  return {
    id: event.id,
    event_type: event.eventType,
    success: event.success,
    failure_reason: event.failureReason,
    ip_address: event.ipAddress,
    user_agent: event.userAgent,
    session_id: event.sessionId,
    details: event.details,
    created_at: event.createdAt,
  }
}
