import { AlertIcon } from '#components/ui/alert-icon.tsx'
import type { AccountEvent } from '#lib/audit/account-event.ts'
import { describeEvent, describeEventWithOrigin } from '#lib/audit/words/describe-event.ts'

/** @param props `isHere` if this session caused it */
export function EventSentence({ event, isHere }: { event: AccountEvent; isHere: boolean }) {
  const what = describeEvent(event)
  return (
    <span id={`event-${event.id}`}>
      <strong>
        {(!event.success || event.eventType === 'alert') && <AlertIcon className="" />}
        {what}
      </strong>
      <span className="event-origin">
        {describeEventWithOrigin(event).slice(what.length)}
        {isHere && <span className="ml-3 whitespace-nowrap text-accent">This device</span>}
      </span>
    </span>
  )
}
