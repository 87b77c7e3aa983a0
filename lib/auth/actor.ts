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
import { type AuthenticatedActor, authenticate, type Requirement } from './session/authenticate.ts'

/** The pages of an account that has to do something first. It is redirected to the first one. */
const REQUIRED_PAGES: Record<Requirement, readonly [string, ...string[]]> = {
  PASSWORD_CHANGE_REQUIRED: ['/settings/password'],
  // The address may be misspelt.
  EMAIL_NOT_CONFIRMED: ['/settings/confirm-email', '/settings/profile', '/settings/profile/email'],
}

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
 * Redirects to the log-in page, which leads back to `path`, or to the page of what is required first. Call it above
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
  const pages = actor.requirement && REQUIRED_PAGES[actor.requirement]
  if (pages && !pages.includes(path)) {
    if (form instanceof FormData) await saveDraft(form, path)
    redirect(`${pages[0]}?required`)
  }
  return actor
}

/** Answers 404 to every other user: the page does not exist for them. */
export async function requireAdmin(path: string, form?: FormData): Promise<AuthenticatedActor> {
  const actor = await requireActor(path, form)
  return (await authorizeAdmin(actor)) ? actor : notFound()
}
