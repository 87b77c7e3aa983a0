import { EventTime } from '#components/ui/relative-date.tsx'
import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from '#lib/audit/account-event.ts'
import { groupEvents } from '#lib/audit/words/group-events.ts'
import { DisownLink } from './disown-link.tsx'
import { EventRun } from './event-run.tsx'
import { EventSentence } from './event-sentence.tsx'

type EventTableProps = {
  events: AccountEvent[]
  actor: Actor
  now: string
  /** The address of this page of the list. */
  here: URLSearchParams
}

/** Events in sentences. On a narrow screen each row becomes two lines (events.css). */
export function EventTable({ events, actor, now, here }: EventTableProps) {
  return (
    <table className="w-full table-fixed max-md:block">
      <caption className="sr-only">Events, newest first</caption>
      <thead className="text-left text-quiet text-small max-md:sr-only">
        <tr>
          {/* Wide enough for every time, so that nothing moves when the browser replaces UTC by its own zone. */}
          <th scope="col" className="w-42 py-2 font-normal">
            When
          </th>
          <th scope="col" className="py-2 font-normal">
            What
          </th>
          <th scope="col" className="w-32 py-2">
            <span className="sr-only">Action</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {groupEvents(events).map((group) => {
          const [event] = group
          return group.length > 1 ? (
            <EventRun key={event.id} events={group} actor={actor} now={now} here={here} />
          ) : (
            <tr key={event.id} className="event">
              <td className="event-when">
                <EventTime at={event.createdAt.toISOString()} now={now} />
              </td>
              <td className="event-what">
                <EventSentence event={event} isHere={event.sessionId === actor.sessionId} />
              </td>
              <td className="event-action">
                <DisownLink event={event} actor={actor} here={here} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
