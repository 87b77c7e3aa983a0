import { cookies, headers } from 'next/headers'
import type { Actor } from '#lib/actor.ts'
import { normaliseEmail } from '#lib/auth/normalise-email.ts'
import { cookieAttributesFor } from '#lib/gate/cookie-attributes.ts'
import { readFlashMessage } from '#lib/gate/cookie-header.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'

/** Longer than a redirect takes. A page that is reloaded within it shows the message again. */
const LIFETIME_SECONDS = 60

type Session = Pick<Actor, 'sessionId'>

/** `link-requested`: to reset the password of the address. `signed-up`: with a mail as the answer. */
type VisitorMessage = 'link-requested' | 'email-confirmed' | 'signed-up'

const LOGGED_OUT = 'logged-out'

/**
 * Contains the session's id, which other sites do not know, so that no link can make a page claim something.
 * @param message letters, digits, `-` and `.`: Next.js would encode other characters
 */
export function setFlashMessage(message: string, { sessionId }: Session): Promise<void> {
  return set(`${message}.${sessionId}`)
}

/** For an action that makes the message of an earlier one untrue. */
export function clearFlashMessage(): Promise<void> {
  return set('', 0)
}

export async function hasFlashMessage(message: string, { sessionId }: Session): Promise<boolean> {
  return readFlashMessage(await headers()) === `${message}.${sessionId}`
}

/**
 * @returns the message without the session's id; null if it is missing or of another session. Also one that the same
 * request has set, whose page is in the answer of the action.
 */
export async function getFlashMessage({ sessionId }: Session): Promise<string | null> {
  const value = (await cookies()).get(cookieNames().flash)?.value
  return value?.endsWith(`.${sessionId}`) ? value.slice(0, -sessionId.length - 1) : null
}

/** For visitors, who have no session. @param email the address that the message is about */
export function setVisitorMessage(message: VisitorMessage, email: string): Promise<void> {
  return set(`${message}.${Buffer.from(email).toString('base64url')}`)
}

/** @returns the address; null if this browser has not got the message within the last minute */
export async function getVisitorMessage(wanted: VisitorMessage): Promise<string | null> {
  const [message, address] = readFlashMessage(await headers())?.split('.') ?? []
  if (message !== wanted || !address) return null
  return normaliseEmail(Buffer.from(address, 'base64url').toString())
}

export function setLoggedOut(): Promise<void> {
  return set(LOGGED_OUT)
}

/** True if this browser has logged out within the last minute. */
export async function hasLoggedOut(): Promise<boolean> {
  return readFlashMessage(await headers()) === LOGGED_OUT
}

async function set(value: string, seconds = LIFETIME_SECONDS): Promise<void> {
  const jar = await cookies()
  jar.set(cookieNames().flash, value, cookieAttributesFor(seconds, new Date()))
}
