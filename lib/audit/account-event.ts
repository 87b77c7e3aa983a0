/** An event as the account that it is about may see it. */
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

/** Why sessions end when an administrator acts on the account. */
const OPERATORS_REASONS: unknown[] = ['ended_by_operator', 'account_disabled']

/** Leaves away where an administrator sat and who it was: what he did is the account's business, he himself is not. */
export function hideOperator(event: AccountEvent): AccountEvent {
  const details = new Map(Object.entries(event.details ?? {}))
  const isByOperator = details.has('by') || OPERATORS_REASONS.includes(details.get('reason'))
  if (!isByOperator) return event
  details.delete('by')
  return { ...event, ipAddress: null, userAgent: null, details: Object.fromEntries(details) }
}
