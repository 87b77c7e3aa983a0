import { randomUUID } from 'node:crypto'
import { eventRow } from '#lib/audit/event-row'
import type { AuthEventInput, Client } from '#lib/audit/events'
import { db } from '#lib/db/client'
import { Prisma } from '#lib/db/generated/client'
import { makeClient } from './factories'

/** What happened, and when. */
export type Happening = { at: Date; event: AuthEventInput }

/** Writes history: events with times of their own. */
export async function putEvents(happenings: Happening[]): Promise<void> {
  const data = happenings.map(({ at, event }) => {
    const { details, ...row } = eventRow(event, at)
    return { ...row, details: details ?? Prisma.DbNull }
  })
  await db().authEvent.createMany({ data })
}

/** A client somewhere: `network` alone is what patterns look at. */
export function from(network: string, own: Partial<Client> = {}): Client {
  return makeClient({ ipAddress: network, network, ...own })
}

/** A failed log-in to an account, or to an email that has none. */
export function failure(account: string, network: string, at: Date): Happening {
  const who = account.includes('@') ? { email: account } : { userId: account }
  const failureReason = account.includes('@') ? 'unknown_account' : 'wrong_password'
  return { at, event: { type: 'login_failed', client: from(network), failureReason, ...who } }
}

/** A log-in that succeeded. */
export function success(userId: string, network: string, at: Date, sessionId = randomUUID()): Happening {
  return { at, event: { type: 'login', client: from(network), userId, sessionId } }
}

/** So many of something. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
