import { PageNotice } from '#components/ui/page-notice.tsx'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { getFlashMessage } from '#lib/http/flash-message.ts'

/** What the request that led to this page has done, unless the page shows it anyway. */
export async function ArrivalNotice({ actor }: { actor: AuthenticatedActor }) {
  const text = toText(await getFlashMessage(actor), actor.email)
  return text && <PageNotice>{text}</PageNotice>
}

function toText(message: string | null, email: string): string | null {
  switch (message) {
    case 'stayed-logged-in':
      return `You’re still logged in as ${email}. The page where you chose “Log out” belongs to another account.`
    case 'account-kept':
      return 'Your account is not deleted: this log-in cancelled the deletion.'
    case 'password-reset':
      return 'Your new password is saved. You’re logged in here, and logged out everywhere else.'
    default:
      return null
  }
}
