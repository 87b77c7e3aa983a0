import { cookies, headers } from 'next/headers'
import { cookieAttributesFor, cookieAttributesUntil } from '#lib/gate/cookie-attributes.ts'
import { readLinkToken } from '#lib/gate/cookie-header.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { LINK_COOKIE_SECONDS } from '#lib/gate/link-token.ts'

/** The secret of the mailed link that this browser opened last (lib/gate/link-token.ts). */
export async function getLinkToken(): Promise<string | undefined> {
  return readLinkToken(await headers())
}

/** As if the browser had opened the link. */
export async function setLinkToken(token: string): Promise<void> {
  const jar = await cookies()
  jar.set(cookieNames().link, token, cookieAttributesFor(LINK_COOKIE_SECONDS, new Date()))
}

export async function clearLinkToken(): Promise<void> {
  const jar = await cookies()
  jar.set(cookieNames().link, '', cookieAttributesUntil(new Date(0), new Date()))
}
