'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { Client } from '#lib/audit/events'
import { getActor } from '#lib/auth/actor'
import { cookieNames } from '#lib/auth/edge/cookie-names'
import { logOut, logOutByRefreshToken } from '#lib/auth/log-out'
import { clientOf } from '#lib/http/client'
import { clearSessionCookies } from '#lib/http/session-cookies'
import { logUnexpected } from '#lib/log'

/** Needs no living access token, and always takes the cookies away, even if the database cannot be told. */
export async function logOutAction(): Promise<void> {
  const client = clientOf(await headers())
  try {
    await revokeSessionHere(client)
  } catch (error) {
    logUnexpected(error, client.requestId)
  }
  await clearSessionCookies()
  redirect('/login')
}

async function revokeSessionHere(client: Client): Promise<void> {
  const actor = await getActor()
  const refreshToken = (await cookies()).get(cookieNames().refresh)?.value
  if (actor) await logOut(actor.sessionId, client)
  else if (refreshToken) await logOutByRefreshToken(refreshToken, client)
}
