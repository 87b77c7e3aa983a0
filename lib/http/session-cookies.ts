import { cookies, headers } from 'next/headers'
import { cookieAttributes, cookieNames } from '#lib/auth/edge/cookie-names'
import { KNOWN_COOKIE_DAYS } from '#lib/auth/policy'
import type { SignedIn } from '#lib/auth/session/tokens'

const DEVICE_COOKIE_SECONDS = KNOWN_COOKIE_DAYS * 24 * 60 * 60

/** Gives the browser its tokens. Cookies alone carry them: no token ever reaches page JavaScript. */
export async function setSessionCookies({ access, refresh, session, deviceToken }: SignedIn): Promise<void> {
  const jar = await cookies()
  const names = cookieNames()
  const until = (expires: Date) => ({ ...cookieAttributes(), ...(session.persistent && { expires }) })
  jar.set(names.access, access.token, until(access.expiresAt))
  jar.set(names.refresh, refresh.token, until(refresh.expiresAt))
  if (deviceToken)
    jar.set(names.device, deviceToken, { ...cookieAttributes(), maxAge: DEVICE_COOKIE_SECONDS })
}

/** What this browser brings along to a sign-in: the session it replaces and the device it is. */
export async function getSignInCookies(): Promise<{ replacedRefreshToken?: string; deviceToken?: string }> {
  const jar = await cookies()
  const names = cookieNames()
  const replacedRefreshToken = jar.get(names.refresh)?.value
  const deviceToken = jar.get(names.device)?.value
  return { ...(replacedRefreshToken && { replacedRefreshToken }), ...(deviceToken && { deviceToken }) }
}

/** The device cookie of a browser that acts by its cookies: with an `Authorization` header cookies are ignored. */
export async function getDeviceToken(): Promise<string | undefined> {
  if ((await headers()).has('authorization')) return undefined
  return (await getSignInCookies()).deviceToken
}

/** Takes the tokens away. Log-out alone does this; the device stays known. */
export async function clearSessionCookies(): Promise<void> {
  const jar = await cookies()
  const { access, refresh } = cookieNames()
  for (const name of [access, refresh]) jar.set(name, '', { ...cookieAttributes(), maxAge: 0 })
}
