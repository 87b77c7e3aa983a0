import { cookies, headers } from 'next/headers'
import { KNOWN_COOKIE_DAYS } from '#lib/auth/policy.ts'
import { resolveRefreshCookies } from '#lib/auth/resolve-refresh-cookies.ts'
import type { SignedIn } from '#lib/auth/session/tokens.ts'
import { cookieAttributesFor, cookieAttributesUntil } from '#lib/gate/cookie-attributes.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { readActingCookies } from '#lib/gate/credentials.ts'
import { DAY_SECONDS } from '#lib/time.ts'

const DEVICE_COOKIE_SECONDS = KNOWN_COOKIE_DAYS * DAY_SECONDS

/** Browsers get tokens in `HttpOnly` cookies alone, so that no token reaches JavaScript. */
export async function setSessionCookies({ access, refresh, session, deviceToken }: SignedIn): Promise<void> {
  const jar = await cookies()
  const names = cookieNames()
  const now = new Date()
  const until = (end: Date) => cookieAttributesUntil(session.persistent ? end : null, now)
  jar.set(names.access, access.token, until(access.expiresAt))
  jar.set(names.refresh, refresh.token, until(refresh.expiresAt))
  if (deviceToken) jar.set(names.device, deviceToken, cookieAttributesFor(DEVICE_COOKIE_SECONDS, now))
}

export async function getSignInCookies(): Promise<{ replacedRefreshToken?: string; deviceToken?: string }> {
  const { refreshTokens, deviceToken } = readActingCookies(await headers())
  const chosen = await resolveRefreshCookies(refreshTokens, { now: new Date() })
  return { ...(chosen.ok && { replacedRefreshToken: chosen.value }), ...(deviceToken && { deviceToken }) }
}

export async function getOnlyRefreshToken(): Promise<string | undefined> {
  const { refreshTokens } = readActingCookies(await headers())
  return refreshTokens.length === 1 ? refreshTokens[0] : undefined
}

export async function getDeviceToken(): Promise<string | undefined> {
  return readActingCookies(await headers()).deviceToken
}

export async function clearSessionCookies(): Promise<void> {
  const jar = await cookies()
  const { access, refresh } = cookieNames()
  for (const name of [access, refresh]) jar.set(name, '', cookieAttributesUntil(new Date(0), new Date()))
}
