import { findEntry, getDetail, type RecordedOutcome } from '../find-entry.ts'
import { deviceName } from './device-name.ts'

export type DescribableEvent = RecordedOutcome & { ipAddress: string | null; userAgent: string | null }

/** What happened: "Wrong password". A type that this version does not know is described by its name. */
export function describeEvent(event: RecordedOutcome): string {
  const text = findEntry(event)?.sentence ?? describeUnknownType(event)
  const moreThan = getDetail(event.details, 'more_than')
  if (typeof moreThan === 'number') return `${text} (more than ${moreThan} sessions)`
  return getDetail(event.details, 'unchanged') === true ? `${text} (nothing changed)` : text
}

function describeUnknownType({ eventType, success, failureReason }: RecordedOutcome): string {
  const name = eventType.replaceAll('_', ' ')
  return success && failureReason === null ? name : `${name} failed`
}

/** What happened and from where: "Wrong password from Firefox on Linux, 203.0.113.7". */
export function describeEventWithOrigin(event: DescribableEvent): string {
  const origin = describeOrigin(event)
  return origin
    ? `${describeEvent(event)} from ${origin.replace(/^Unknown/, 'an unknown')}`
    : describeEvent(event)
}

/** @returns null for an event that no request caused */
function describeOrigin({ ipAddress, userAgent }: DescribableEvent): string | null {
  if (!ipAddress && !userAgent) return null
  return [deviceName(userAgent), ipAddress].filter(Boolean).join(', ')
}
