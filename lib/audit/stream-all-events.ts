import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from './account-event.ts'
import { type EventFilter, listEvents } from './list-events.ts'

const EVENTS_PER_READ = 1000

/** All of the actor's own events that fit, newest first, read page by page: as many as there are, memory holds one page. */
export async function* streamAllEvents(actor: Actor, filter: EventFilter): AsyncGenerator<AccountEvent[]> {
  let cursor: string | undefined
  do {
    const { events, nextCursor } = await listEvents(actor, filter, { limit: EVENTS_PER_READ, cursor })
    yield events
    cursor = nextCursor ?? undefined
  } while (cursor)
}
