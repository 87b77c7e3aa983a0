'use client'

import { AccountFields } from '#components/form/action-form.tsx'
import { usePageForms } from '#components/form/page-forms.tsx'
import { SessionMonitor } from '#components/session/session-monitor.tsx'
import { Button } from '#components/ui/button.tsx'
import { NavLink } from './nav-link.tsx'
import { Wordmark } from './wordmark.tsx'

/**
 * The header of every signed-in page, for the account of its PageForms. On narrow screens the navigation takes a line of
 * its own. A client component, because the server sends each page with three of them: for itself, its errors and its 404.
 */
export function SignedInHeader({ isAdmin }: { isAdmin: boolean }) {
  const { account } = usePageForms()
  if (!account) return null
  return (
    <header className="page-header">
      <Wordmark href="/tasks" />
      <nav aria-label="Main">
        <NavLink href="/tasks">Tasks</NavLink>
        <NavLink href="/settings/sessions">Devices</NavLink>
        <NavLink href="/settings/activity">Activity</NavLink>
        <NavLink href="/settings/password">Password</NavLink>
        {isAdmin && (
          <NavLink href="/admin/security" section="/admin">
            Admin
          </NavLink>
        )}
      </nav>
      <div>
        <span title={account.email}>{account.email}</span>
        <NavLink href="/settings/profile">Profile</NavLink>
        <SessionMonitor userId={account.userId} />
        <form action="/logout" method="post">
          <AccountFields />
          <Button variant="plain">Log out</Button>
        </form>
      </div>
    </header>
  )
}
