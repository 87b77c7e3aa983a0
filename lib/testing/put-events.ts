import type { Client } from '#lib/actor.ts'
import type { EventType } from '#lib/audit/catalogue.ts'
import { eventRow, type UncheckedEvent } from '#lib/audit/event-row.ts'
import { db } from '#lib/db/client.ts'
import { secondsLater } from '#lib/time.ts'
import { makeClient } from './factories.ts'

/** As many as one statement can take. */
const BATCH_ROWS = 1000

export type Happening = { at: Date; event: UncheckedEvent }

type Own = Omit<Partial<UncheckedEvent>, 'client' | 'type'> & { network?: string; userAgent?: string }

/** An event of another time, from any network. */
export function happening(type: EventType, at: Date, { network, userAgent, ...own }: Own = {}): Happening {
  const client: Partial<Client> = {
    ...(network && { ipAddress: network.replace('/64', '1'), network }),
    ...(userAgent && { userAgent }),
  }
  return { at, event: { type, ...own, client: makeClient(client) } }
}

/** Log-ins that failed, a second after another, the last one at `end`; of one account, or each of one of its own. */
export function failures(count: number, end: Date, own: (index: number) => Own): Happening[] {
  return Array.from({ length: count }, (_, index) =>
    happening('login_failed', secondsLater(end, index + 1 - count), {
      failureReason: 'wrong_password',
      ...own(index),
    }),
  )
}

/** Writes what happened as it would have been recorded then. */
export async function putEvents(...happenings: Happening[]): Promise<void> {
  for (let start = 0; start < happenings.length; start += BATCH_ROWS) {
    const rows = happenings.slice(start, start + BATCH_ROWS).map(({ at, event }) => eventRow(event, at))
    const data = rows.map(({ details, ...row }) => ({ ...row, ...(details && { details }) }))
    await db().authEvent.createMany({ data })
  }
}
