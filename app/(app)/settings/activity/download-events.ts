import type { AccountEvent } from '#lib/audit/account-event.ts'
import { streamAllEvents } from '#lib/audit/stream-all-events.ts'
import { filterOf, parseView } from '#lib/audit/words/activity-filter.ts'
import { requireActor } from '#lib/auth/actor.ts'
import { utc } from '#lib/format-date.ts'
import { download } from '#lib/http/download.ts'
import { offsetOf } from '#lib/time-zone.ts'

type Format = {
  extension: string
  contentType: string
  write: (pages: AsyncIterable<AccountEvent[]>) => AsyncGenerator<string>
}

/** A file of all events that the page of the same query string lists. */
export async function downloadEvents(request: Request, { extension, contentType, write }: Format) {
  const actor = await requireActor('/settings/activity')
  const now = new Date()
  const view = parseView(Object.fromEntries(new URL(request.url).searchParams))
  const name = `taskward-activity-${now.toISOString().slice(0, 10)}.${extension}`
  const parts = write(
    streamAllEvents(actor, filterOf(view, { now, offset: offsetOf(actor.timeZone) ?? utc })),
  )
  return download({ name, contentType, parts }, actor.client)
}
