import type { ReactNode } from 'react'
import { NavLink } from '#components/shell/nav-link.tsx'
import { PageColumn } from '#components/shell/page-column.tsx'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { SignedInPage } from '../signed-in-page.tsx'

type SettingsFrameProps = {
  actor: AuthenticatedActor
  /** For a page with text fields (SignedInPage). */
  path?: string
  heading: string
  intro?: ReactNode
  children: ReactNode
}

/** Every page below `/settings`: the navigation, and the heading in the same place. */
export function SettingsFrame({ actor, path, heading, intro, children }: SettingsFrameProps) {
  return (
    <SignedInPage actor={actor} {...(path && { path })}>
      <div className="settings">
        <nav aria-label="Settings">
          <NavLink href="/settings/profile" section="/settings/profile">
            Profile
          </NavLink>
          <NavLink href="/settings/sessions">Devices</NavLink>
          <NavLink href="/settings/activity">Activity</NavLink>
          <NavLink href="/settings/password">Password</NavLink>
          <NavLink href="/settings/data">Data</NavLink>
        </nav>
        <PageColumn heading={heading} intro={intro}>
          {children}
        </PageColumn>
      </div>
    </SignedInPage>
  )
}
