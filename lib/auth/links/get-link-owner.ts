import { db } from '#lib/db/client.ts'
import { findLink, type LinkOwner, type LinkPurpose, type Sought } from './find-link.ts'

/** For the page that the link opens. Uses nothing up and records nothing. @returns null if the link does not work */
export async function getLinkOwner<Purpose extends LinkPurpose>(
  sought: Sought<Purpose>,
): Promise<LinkOwner<Purpose> | null> {
  const link = await findLink(db(), sought)
  return link.ok ? link.value : null
}
