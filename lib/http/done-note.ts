import { cookies, headers } from 'next/headers'
import type { Actor } from '#lib/audit/events'
import { cookieAttributes, cookieNames } from '#lib/auth/edge/cookie-names'
import { readNotes } from '#lib/auth/edge/credentials'

/** Longer than a redirect takes; a page that is loaded again within it says the same, which is still true. */
const NOTE_SECONDS = 60

type Session = Pick<Actor, 'sessionId'>

/**
 * Notes in this browser what an action has done, for the page that follows. A page never believes its address: a link
 * can say anything. The note names the session, which no other site knows and the next account does not have.
 * @param what of letters, digits, `-` and `.`: Next.js would encode others
 */
export async function noteDone(what: string, { sessionId }: Session): Promise<void> {
  const note = { ...cookieAttributes(), maxAge: NOTE_SECONDS }
  ;(await cookies()).set(cookieNames().done, `${what}.${sessionId}`, note)
}

/** Whether an action of this session has done it a moment ago. */
export async function wasDone(what: string, { sessionId }: Session): Promise<boolean> {
  return readNotes(await headers()).done === `${what}.${sessionId}`
}
