import { ButtonForm } from '#components/form/button-form.tsx'
import { AlertIcon } from '#components/ui/alert-icon.tsx'
import { EventTime } from '#components/ui/relative-date.tsx'
import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from '#lib/audit/account-event.ts'
import { canDisown } from '#lib/audit/can-disown.ts'
import { describeEvent, describeEventWithOrigin } from '#lib/audit/words/describe-event.ts'
import { disownEventAction } from './actions.ts'

type EventTableProps = { events: AccountEvent[]; actor: Actor; now: string }

/** Events in sentences. On a narrow screen each row becomes a paragraph. */
export function EventTable({ events, actor, now }: EventTableProps) {
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
        {events.map((event) => (
          <EventRow key={event.id} event={event} actor={actor} now={now} />
        ))}
      </tbody>
    </table>
  )
}

function EventRow({ event, actor, now }: { event: AccountEvent; actor: Actor; now: string }) {
  const what = describeEvent(event)
  const sentenceId = `event-${event.id}`
  return (
    <tr className="border-line border-t align-baseline max-md:block max-md:py-2">
      <td className="whitespace-nowrap py-2 text-quiet text-small tabular-nums max-md:block max-md:py-0">
        <EventTime at={event.createdAt.toISOString()} now={now} />
      </td>
      <td className="wrap-anywhere py-2 max-md:block max-md:py-0">
        {!event.success && (
          <AlertIcon className="mr-1.5 -mt-0.5 inline-block size-4 align-middle text-danger" />
        )}
        <span id={sentenceId}>
          <span className="font-medium">{what}</span>
          <span className="text-quiet">{describeEventWithOrigin(event).slice(what.length)}</span>
        </span>
        {event.sessionId === actor.sessionId && <span className="ml-3 text-accent">This device</span>}
      </td>
      <td className="pl-6 max-md:block max-md:pl-0">
        {canDisown(event, actor) && (
          <ButtonForm
            action={disownEventAction}
            name={`disown-event ${event.id}`}
            fields={{ id: event.id }}
            variant="plain"
            aria-describedby={sentenceId}
            className="-mx-4 whitespace-nowrap text-quiet underline decoration-edge underline-offset-4 hover:text-ink md:justify-self-end"
          >
            This wasn’t me
          </ButtonForm>
        )}
      </td>
    </tr>
  )
}
