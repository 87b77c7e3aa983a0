export type AccountEvent = {
  id: string
  eventType: string
  success: boolean
  failureReason: string | null
  ipAddress: string | null
  userAgent: string | null
  sessionId: string | null
  details: unknown
  createdAt: Date
}

export const EVENT_COLUMNS = {
  id: true,
  eventType: true,
  success: true,
  failureReason: true,
  ipAddress: true,
  userAgent: true,
  sessionId: true,
  details: true,
  createdAt: true,
} as const

const OPERATOR_REASONS: unknown[] = ['ended_by_operator', 'account_disabled']

/** Removes who the administrator was and their address. The owner may know what was done, but not by whom. */
export function hideOperator(event: AccountEvent): AccountEvent {
  const details = new Map(Object.entries(event.details ?? {}))
  const isByOperator = details.has('by') || OPERATOR_REASONS.includes(details.get('reason'))
  if (!isByOperator) return event
  details.delete('by')
  return { ...event, ipAddress: null, userAgent: null, details: Object.fromEntries(details) }
}
