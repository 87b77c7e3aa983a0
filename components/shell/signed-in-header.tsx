'use client'

import { AccountFields } from '#components/form/action-form.tsx'
import { usePageForms } from '#components/form/page-forms.tsx'
import { Keyboard } from '#components/keyboard/keyboard.tsx'
import { SessionMonitor } from '#components/session/session-monitor.tsx'
import { Button } from '#components/ui/button.tsx'
import { AccountMenu } from './account-menu.tsx'
import { NavLink } from './nav-link.tsx'
import { OfflineNotice } from './offline-notice.tsx'
import { Wordmark } from './wordmark.tsx'

/**
 * The header of every signed-in page, for the account of its PageForms. A client component, because the server sends each
 * page with three of them: for itself, its errors and its 404.
 */
export function SignedInHeader({ isAdmin }: { isAdmin: boolean }) {
  const { account } = usePageForms()
  if (!account) return null
  return (
    <header className="page-header">
      <Wordmark href="/tasks" />
      <nav aria-label="Main">
        <NavLink href="/tasks" section="/tasks">
          Tasks
        </NavLink>
      </nav>
      <AccountMenu email={account.email} isAdmin={isAdmin} />
      <SessionMonitor userId={account.userId} />
      <Keyboard />
      <OfflineNotice />
      <form action="/logout" method="post">
        <AccountFields />
        <Button variant="plain">Log out</Button>
      </form>
    </header>
  )
}
