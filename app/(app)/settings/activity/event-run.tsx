import { AlertIcon } from '#components/ui/alert-icon.tsx'
import { EventTime, TimeRange } from '#components/ui/relative-date.tsx'
import type { Actor } from '#lib/actor.ts'
import { describeEvent, describeEventWithOrigin } from '#lib/audit/words/describe-event.ts'
import { describeOrigins, type EventGroup } from '#lib/audit/words/group-events.ts'
import { DisownLink } from './disown-link.tsx'

type EventRunProps = { events: EventGroup; actor: Actor; now: string; here: URLSearchParams }

/** A run of events with the same sentence as one row, which opens to show each. */
export function EventRun({ events, actor, now, here }: EventRunProps) {
  const [newest] = events
  const oldest = events.at(-1) ?? newest
  const what = describeEvent(newest)
  return (
    <tr className="event">
      <td className="event-when">
        <TimeRange from={oldest.createdAt.toISOString()} to={newest.createdAt.toISOString()} now={now} />
      </td>
      <td className="event-what" colSpan={2}>
        <details className="event-run">
          <summary>
            <strong>
              {!newest.success && <AlertIcon className="" />}
              {`${what}, ${events.length} times`}
            </strong>{' '}
            <span className="event-origin">{describeOrigins(events)}</span>
          </summary>
          <ul>
            {events.map((event) => (
              <li key={event.id} id={`event-${event.id}`}>
                <EventTime at={event.createdAt.toISOString()} now={now} />
                {describeEventWithOrigin(event).slice(what.length)}{' '}
                <DisownLink event={event} actor={actor} here={here} />
              </li>
            ))}
          </ul>
        </details>
      </td>
    </tr>
  )
}
