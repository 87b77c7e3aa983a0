import { EmptyState } from '#components/ui/empty-state.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import { ResponsiveTable } from '#components/ui/responsive-table.tsx'
import type { Operator } from '#lib/actor.ts'
import { operatorOf } from '#lib/actor.ts'
import { searchEvents } from '#lib/audit/search-events.ts'
import { requireAdmin } from '#lib/auth/actor.ts'
import { getUserIdByEmail } from '#lib/operator/get-user-id-by-email.ts'
import { isUuid } from '#lib/uuid.ts'
import { AdminFrame } from '../admin-frame.tsx'
import { UtcTime } from '../utc-time.tsx'
import { EventFilters } from './event-filters.tsx'
import { type EventQuery, eventsPath, readEventQuery } from './event-query.ts'
import { EventRow } from './event-row.tsx'

export default async function EventsPage({ searchParams }: PageProps<'/admin/events'>) {
  const actor = await requireAdmin('/admin/events')
  const { typed, errors, query } = readEventQuery(await searchParams)
  const page = query && (await findEvents(operatorOf(actor), query))
  const { cursor: _, ...filters } = typed
  return (
    <AdminFrame actor={actor} heading="Events" intro="Everything on record, newest first. Times are UTC.">
      <EventFilters
        typed={filters}
        errors={page === 'no account' ? { user: 'No account has this email.' } : errors}
      />
      {page && page !== 'no account' && (
        <div className="mt-8">
          {page.events.length > 0 ? (
            <ResponsiveTable caption="Events" columns={['Time (UTC)', 'What', 'Who', 'Origin']}>
              {page.events.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ResponsiveTable>
          ) : (
            !page.searchedBackTo && (
              <EmptyState title={typed.cursor ? 'No more events' : 'No events'}>
                {typed.cursor && 'The list ends here.'}
                {!typed.cursor && Object.keys(filters).length > 0 && 'Nothing matches these filters.'}
                {Object.keys(typed).length === 0 &&
                  'Log-ins, failures and changes to accounts will appear here.'}
              </EmptyState>
            )
          )}
          {page.searchedBackTo && (
            <p role="status" className="mt-6 text-quiet">
              Searched back to <UtcTime at={page.searchedBackTo} />. There may be older events.
            </p>
          )}
          <PaginationLinks
            name="Pages of events"
            newest={typed.cursor ? eventsPath(filters) : null}
            older={page.nextCursor && eventsPath({ ...filters, cursor: page.nextCursor })}
            olderText={page.searchedBackTo ? 'Search further' : 'Older'}
          />
        </div>
      )}
    </AdminFrame>
  )
}

async function findEvents(operator: Operator, query: EventQuery) {
  const { kind, user, address, outcome, from, to, cursor } = query
  // A deleted account keeps its events, so any id is valid.
  const userId = user === undefined || isUuid(user) ? user : await getUserIdByEmail(operator, user)
  if (userId === null) return 'no account'
  return searchEvents(operator, {
    types: kind && [kind],
    userId,
    ipAddress: address,
    success: outcome && outcome === 'success',
    since: from,
    until: to,
    cursor,
  })
}
