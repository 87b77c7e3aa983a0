import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { clientOf } from '#lib/http/client'
import { readAccessToken } from './edge/credentials'
import { isAdmin } from './is-admin'
import { type FoundActor, findActor } from './session/find-actor'

const PASSWORD_PAGE = '/settings/password'

/** Who sends this request, by a valid token AND a living session; null for nobody. Asked once per request. */
export const getActor = cache(async (): Promise<FoundActor | null> => {
  const sent = await headers()
  const { token } = await readAccessToken(sent)
  const actor = await findActor(token, clientOf(sent))
  return actor.ok ? actor.value : null
})

/**
 * The actor, or a redirect to log in and come back to `path`; for somebody who has to change the password first, a
 * redirect to do that. Call it above every Suspense boundary: a status cannot change later.
 */
export async function requireActor(path: string): Promise<FoundActor> {
  const actor = (await getActor()) ?? redirect(`/login?next=${encodeURIComponent(path)}`)
  if (actor.mustChangePassword && path !== PASSWORD_PAGE) redirect(`${PASSWORD_PAGE}?required`)
  return actor
}

/** The actor if he is an administrator; to everybody else signed in the page does not exist. */
export async function requireAdmin(path: string): Promise<FoundActor> {
  const actor = await requireActor(path)
  return (await isAdmin(actor)) ? actor : notFound()
}
