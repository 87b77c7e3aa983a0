import { cookies, headers } from 'next/headers'
import type { Actor } from '#lib/actor.ts'
import { cookieAttributesFor } from '#lib/gate/cookie-attributes.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { readNotes } from '#lib/gate/credentials.ts'

/** Longer than a redirect takes. A page that is loaded again within it repeats its notice. */
const NOTE_SECONDS = 60

type Session = Pick<Actor, 'sessionId'>

/**
 * Notes in this browser what an action has done, for the page that follows. A page does not believe its address, since
 * any link can name it. The note has the id of the session, which no other site knows.
 * @param what of letters, digits, `-` and `.`: Next.js would encode others
 */
export async function setFlashMessage(what: string, { sessionId }: Session): Promise<void> {
  const jar = await cookies()
  jar.set(cookieNames().done, `${what}.${sessionId}`, cookieAttributesFor(NOTE_SECONDS))
}

/** Whether an action of this session has done it a moment ago. */
export async function hasFlashMessage(what: string, { sessionId }: Session): Promise<boolean> {
  return readNotes(await headers()).done === `${what}.${sessionId}`
}
