import { headers } from 'next/headers'
import { notFound, redirect, unstable_rethrow } from 'next/navigation'
import { cache } from 'react'
import { noteDatabaseError } from '#lib/db/outage.ts'
import { readAccessToken } from '#lib/gate/credentials.ts'
import { RETURNED_FORM_HEADER } from '#lib/gate/internal-headers.ts'
import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'
import { clientOf } from '#lib/http/client.ts'
import { saveDraft } from '#lib/http/drafts.ts'
import { authorizeAdmin } from './authorize-admin.ts'
import { type AuthenticatedActor, authenticate } from './session/authenticate.ts'

const PASSWORD_PAGE = '/settings/password'

export const getActor = cache(async (): Promise<AuthenticatedActor | null> => {
  const sent = await headers()
  const now = new Date()
  const { token } = await readAccessToken(sent, now)
  const actor = await authenticate(token, { client: clientOf(sent), now })
  return actor.ok ? actor.value : null
})

/** Null also while the database is unavailable. */
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
 * Redirects to the log-in page, which leads back to `path`, or to the password page if a change is required. Call it above
 * every Suspense boundary: below one, the status has been sent.
 * @param form what an action received. Its text is saved as a draft, for the account to send again
 */
export async function requireActor(path: string, form?: FormData): Promise<AuthenticatedActor> {
  const actor = await getActor()
  if (!actor) {
    // Any client can call an action with any argument.
    if (form instanceof FormData) await saveDraft(form, path)
    // The page came back with a form: by a 307 the browser posts it to the draft's route.
    const isReturned = !form && (await headers()).has(RETURNED_FORM_HEADER)
    redirect(`${isReturned ? DRAFT_PATH : '/login'}?next=${encodeURIComponent(path)}`)
  }
  if (actor.mustChangePassword && path !== PASSWORD_PAGE) {
    if (form instanceof FormData) await saveDraft(form, path)
    redirect(`${PASSWORD_PAGE}?required`)
  }
  return actor
}

/** Answers 404 to every other user: the page does not exist for them. */
export async function requireAdmin(path: string, form?: FormData): Promise<AuthenticatedActor> {
  const actor = await requireActor(path, form)
  return (await authorizeAdmin(actor)) ? actor : notFound()
}
