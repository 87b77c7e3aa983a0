import { findLink, type LinkOwner } from '#lib/auth/links/find-link.ts'
import { db } from '#lib/db/client.ts'

/** For the page that the link opens. Uses nothing up and records nothing. @returns null if the link does not work */
export async function getResetLinkOwner(token: string, now: Date): Promise<LinkOwner | null> {
  const link = await findLink(db(), { token, purposes: ['reset_password'], now })
  return link.ok ? link.value : null
}
