import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { clientOf } from '#lib/http/client'
import { cookieNames } from './edge/cookie-names'
import { type FoundActor, findActor } from './session/find-actor'

/** Who is signed in with this browser, by a valid token AND a living session; null for nobody. Asked once per request. */
export const getActor = cache(async (): Promise<FoundActor | null> => {
  const token = (await cookies()).get(cookieNames().access)?.value ?? null
  const actor = await findActor(token, clientOf(await headers()))
  return actor.ok ? actor.value : null
})

/** The actor, or a redirect to log in and come back to `path`. Call it above every Suspense boundary: a status cannot change later. */
export async function requireActor(path: string): Promise<FoundActor> {
  return (await getActor()) ?? redirect(`/login?next=${encodeURIComponent(path)}`)
}
