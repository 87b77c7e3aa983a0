import { closeByEscape, closeWhenLeft } from '#components/ui/close-menu.ts'
import { NavLink } from './nav-link.tsx'

/** Opens without JavaScript, and closes with a click anywhere else (shell.css). With it also by Esc and when the focus leaves. */
export function AccountMenu({ email, isAdmin }: { email: string; isAdmin: boolean }) {
  return (
    <details className="menu account-menu" onKeyDown={closeByEscape} onBlur={closeWhenLeft}>
      <summary>Account</summary>
      <nav aria-label="Account" className="panel">
        <p>{email}</p>
        <NavLink href="/settings/profile">Profile</NavLink>
        <NavLink href="/settings/sessions">Devices</NavLink>
        <NavLink href="/settings/activity">Activity</NavLink>
        <NavLink href="/settings/password">Password</NavLink>
        <NavLink href="/settings/data">Data</NavLink>
        {isAdmin && (
          <NavLink href="/admin/security" section="/admin">
            Administration
          </NavLink>
        )}
      </nav>
    </details>
  )
}
