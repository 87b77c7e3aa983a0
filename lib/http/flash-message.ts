import { cookies, headers } from 'next/headers'
import type { Actor } from '#lib/actor.ts'
import { cookieAttributesFor } from '#lib/gate/cookie-attributes.ts'
import { readFlashMessage } from '#lib/gate/cookie-header.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'

/** Longer than a redirect takes. A page that is reloaded within it shows the message again. */
const LIFETIME_SECONDS = 60

type Session = Pick<Actor, 'sessionId'>

/**
 * Contains the session's id, which other sites do not know, so that no link can make a page claim something.
 * @param message letters, digits, `-` and `.`: Next.js would encode other characters
 */
export async function setFlashMessage(message: string, { sessionId }: Session): Promise<void> {
  const jar = await cookies()
  jar.set(cookieNames().flash, `${message}.${sessionId}`, cookieAttributesFor(LIFETIME_SECONDS, new Date()))
}

export async function hasFlashMessage(message: string, { sessionId }: Session): Promise<boolean> {
  return readFlashMessage(await headers()) === `${message}.${sessionId}`
}
