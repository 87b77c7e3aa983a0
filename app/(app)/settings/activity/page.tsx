import type { Metadata } from 'next'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import { PlainLink, TextLink } from '#components/ui/text-link.tsx'
import { canDisown } from '#lib/audit/can-disown.ts'
import { countAccountEvents } from '#lib/audit/count-account-events.ts'
import { getEvent } from '#lib/audit/get-event.ts'
import { listEvents } from '#lib/audit/list-events.ts'
import { listOpenAlerts } from '#lib/audit/list-open-alerts.ts'
import { type ActivityView, filterOf, parseView } from '#lib/audit/words/activity-filter.ts'
import { requireActor } from '#lib/auth/actor.ts'
import { utc } from '#lib/format-date.ts'
import { parseCursor } from '#lib/page.ts'
import { offsetOf } from '#lib/time-zone.ts'
import { SettingsFrame } from '../settings-frame.tsx'
import { ActivityChart } from './activity-chart.tsx'
import { DisownConfirmation } from './disown-confirmation.tsx'
import { EventFilter } from './event-filter.tsx'
import { EventTable } from './event-table.tsx'
import { OpenAlerts } from './open-alerts.tsx'

export const metadata: Metadata = { title: 'Security activity – Taskward' }

const PATH = '/settings/activity'

export default async function ActivityPage({ searchParams }: PageProps<'/settings/activity'>) {
  const actor = await requireActor(PATH)
  const params = await searchParams
  const view = parseView(params)
  const cursor = parseCursor(params.cursor)
  const now = new Date()
  const offset = offsetOf(actor.timeZone) ?? utc
  const disown = typeof params.disown === 'string' ? params.disown : null
  const [{ events, nextCursor }, days, alerts, toDisown] = await Promise.all([
    listEvents(actor, filterOf(view, { now, offset }), { cursor }),
    cursor ? null : countAccountEvents(actor, { offset, now }),
    cursor || disown ? [] : listOpenAlerts(actor, now),
    disown ? getEvent(actor, disown) : null,
  ])
  const query = new URLSearchParams(view)
  const here = new URLSearchParams({ ...view, ...(cursor && { cursor }) })
  const time = now.toISOString()
  return (
    <SettingsFrame
      actor={actor}
      heading="Security activity"
      intro="Log-ins and changes to your account, including failed attempts."
    >
      {toDisown && canDisown(toDisown, actor) && (
        <DisownConfirmation event={toDisown} now={time} here={here} />
      )}
      <OpenAlerts alerts={alerts} actor={actor} now={time} here={here} />
      {days && (
        <div className="mb-6">
          <ActivityChart days={days} timeZone={actor.timeZone} />
        </div>
      )}
      <section id="events" aria-labelledby="events-heading">
        <h2 id="events-heading" className="mb-3 text-lead">
          Events
        </h2>
        <EventFilter key={query.toString()} view={view} timeZone={actor.timeZone} />
        <div className="mt-4">
          {events.length > 0 ? (
            <EventTable events={events} actor={actor} now={time} here={here} />
          ) : (
            <EmptyState title={cursor ? 'No more events' : 'No events'}>
              <span>{describeEmptyList(view, cursor !== undefined, nextCursor !== null)}</span>{' '}
              <TextLink href={`${PATH}?kind=all`}>Show everything</TextLink>
            </EmptyState>
          )}
        </div>
        <PaginationLinks
          newest={cursor ? `${PATH}?${query}` : null}
          older={nextCursor && `${PATH}?${query}&cursor=${nextCursor}`}
        />
        <p className="mt-6 flex flex-wrap gap-x-4 gap-y-2 text-quiet">
          Download this list:
          <PlainLink href={`${PATH}/events.csv?${query}`}>Download as CSV</PlainLink>
          <PlainLink href={`${PATH}/events.json?${query}`}>Download as JSON</PlainLink>
        </p>
      </section>
    </SettingsFrame>
  )
}

/** Why a page of the list is empty. One page searches only some of the events (`listEvents`). */
function describeEmptyList({ from, to }: ActivityView, isLaterPage: boolean, hasMore: boolean): string {
  if (from && to && to < from) return 'The end date is before the start date.'
  if (hasMore) return 'Nothing in the last 5,000 events. There may be older ones.'
  return isLaterPage ? 'No older events match.' : 'No events match.'
}
