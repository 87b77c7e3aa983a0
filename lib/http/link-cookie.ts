import { cookies, headers } from 'next/headers'
import { cookieAttributesUntil } from '#lib/gate/cookie-attributes.ts'
import { readLinkToken } from '#lib/gate/cookie-header.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'

/** The secret of the mailed link that this browser opened last (lib/gate/link-token.ts). */
export async function getLinkToken(): Promise<string | undefined> {
  return readLinkToken(await headers())
}

export async function clearLinkToken(): Promise<void> {
  const jar = await cookies()
  jar.set(cookieNames().link, '', cookieAttributesUntil(new Date(0), new Date()))
}
