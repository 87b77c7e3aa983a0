import type { ReactNode } from 'react'
import { NavLink } from '#components/shell/nav-link.tsx'
import { PageColumn } from '#components/shell/page-column.tsx'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { SignedInPage } from '../../(app)/signed-in-page.tsx'

type AdminFrameProps = { actor: AuthenticatedActor; heading: string; intro?: ReactNode; children: ReactNode }

export function AdminFrame({ actor, heading, intro, children }: AdminFrameProps) {
  return (
    <SignedInPage actor={actor}>
      {/* The route's metadata would reveal the page's title to users who get a 404. */}
      <title>{`${heading} – Taskward`}</title>
      <nav aria-label="Administration" className="mx-auto flex w-full max-w-5xl flex-wrap px-2 sm:px-4">
        <NavLink href="/admin/security">Security</NavLink>
        <NavLink href="/admin/users" section="/admin/users">
          Users
        </NavLink>
        <NavLink href="/admin/events">Events</NavLink>
      </nav>
      <PageColumn heading={heading} intro={intro} width="full">
        {children}
      </PageColumn>
    </SignedInPage>
  )
}
