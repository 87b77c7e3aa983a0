import { AccountFields } from '#components/form/action-form.tsx'
import { SessionMonitor } from '#components/session/session-monitor.tsx'
import { AppHeader } from '#components/shell/app-header.tsx'
import { NavLink } from '#components/shell/nav-link.tsx'
import { Button } from '#components/ui/button.tsx'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'

/** The header of every page behind the gate. */
export function SignedInHeader({ actor }: { actor: AuthenticatedActor }) {
  return (
    <AppHeader
      email={actor.email}
      navigation={
        <>
          <NavLink href="/tasks">Tasks</NavLink>
          <NavLink href="/settings/sessions">Devices</NavLink>
          <NavLink href="/settings/activity">Activity</NavLink>
          <NavLink href="/settings/password">Password</NavLink>
          {actor.role === 'admin' && (
            <NavLink href="/admin/security" section="/admin">
              Admin
            </NavLink>
          )}
        </>
      }
    >
      <SessionMonitor userId={actor.userId} />
      <form action="/logout" method="post">
        <AccountFields />
        <Button variant="plain">Log out</Button>
      </form>
    </AppHeader>
  )
}
