import { headers } from 'next/headers'
import { notFound, redirect, unstable_rethrow } from 'next/navigation'
import { cache } from 'react'
import { noteDatabaseError } from '#lib/db/outage.ts'
import { readAccessToken } from '#lib/gate/credentials.ts'
import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'
import { RETURNED_FORM_HEADER } from '#lib/gate/returned-form.ts'
import { clientOf } from '#lib/http/client.ts'
import { saveDraft } from '#lib/http/drafts.ts'
import { isAdmin } from './is-admin.ts'
import { type AuthenticatedActor, authenticate } from './session/authenticate.ts'

const PASSWORD_PAGE = '/settings/password'

/** Who sends this request, by a valid token AND a living session; null for nobody. Asked once per request. */
export const getActor = cache(async (): Promise<AuthenticatedActor | null> => {
  const sent = await headers()
  const { token } = await readAccessToken(sent)
  const actor = await authenticate(token, { client: clientOf(sent), now: new Date() })
  return actor.ok ? actor.value : null
})

/** As `getActor`, but null while the database is unavailable, for what is shown in any case. */
export async function getActorIfPossible(): Promise<AuthenticatedActor | null> {
  try {
    return await getActor()
  } catch (error) {
    unstable_rethrow(error)
    if (!noteDatabaseError(error)) throw error
    return null
  }
}

/**
 * The actor, or a redirect to log in and come back to `path`; for somebody who has to change the password first, a
 * redirect to do that. Call it above every Suspense boundary: a status cannot change later.
 * @param form the form that an action received: its text is kept until the account can send it again
 */
export async function requireActor(path: string, form?: FormData): Promise<AuthenticatedActor> {
  const actor = await getActor()
  if (!actor) {
    // Any client can call an action, without a form.
    if (form instanceof FormData) await saveDraft(form, path)
    // A form that came back with its page: the browser posts it to the draft (307).
    const isReturned = !form && (await headers()).has(RETURNED_FORM_HEADER)
    redirect(`${isReturned ? DRAFT_PATH : '/login'}?next=${encodeURIComponent(path)}`)
  }
  if (actor.mustChangePassword && path !== PASSWORD_PAGE) {
    if (form instanceof FormData) await saveDraft(form, path)
    redirect(`${PASSWORD_PAGE}?required`)
  }
  return actor
}

/** The actor if he is an administrator; to everybody else signed in the page does not exist. */
export async function requireAdmin(path: string, form?: FormData): Promise<AuthenticatedActor> {
  const actor = await requireActor(path, form)
  return (await isAdmin(actor)) ? actor : notFound()
}
