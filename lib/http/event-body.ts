import type { AccountEvent } from '#lib/audit/account-event.ts'

/** An event in an answer of the API and in the JSON download (docs/api.md). */
export function eventBody(event: AccountEvent) {
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
