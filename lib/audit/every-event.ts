import type { Actor } from '#lib/actor.ts'
import { type EventFilter, listEvents } from './list-events.ts'
import type { OwnEvent } from './own-event.ts'

const EVENTS_PER_READ = 1000

/** All of the actor's own events that fit, newest first, read page by page: as many as there are, memory holds one page. */
export async function* everyEvent(actor: Actor, filter: EventFilter): AsyncGenerator<OwnEvent[]> {
  let cursor: string | undefined
  do {
    const { events, nextCursor } = await listEvents(actor, filter, { limit: EVENTS_PER_READ, cursor })
    yield events
    cursor = nextCursor ?? undefined
  } while (cursor)
}
