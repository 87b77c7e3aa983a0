import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from './account-event.ts'
import { type EventFilter, listEvents } from './list-events.ts'

const PAGE_EVENTS = 1000

/** All events of the actor's account that match, newest first. Memory holds one page at a time. */
export async function* streamAllEvents(actor: Actor, filter: EventFilter): AsyncGenerator<AccountEvent[]> {
  let cursor: string | undefined
  do {
    const { events, nextCursor } = await listEvents(actor, filter, { limit: PAGE_EVENTS, cursor })
    yield events
    cursor = nextCursor ?? undefined
  } while (cursor)
}
