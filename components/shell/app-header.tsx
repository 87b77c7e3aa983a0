import type { ReactNode } from 'react'
import { Wordmark } from './wordmark.tsx'

type AppHeaderProps = {
  email: string
  /** NavLinks. */
  navigation?: ReactNode
  /** The form with the "Log out" button. */
  children: ReactNode
}

/** The header for people who are signed in. On narrow screens the navigation takes a line of its own. */
export function AppHeader({ email, navigation, children }: AppHeaderProps) {
  return (
    <header className="mx-auto flex w-full max-w-5xl flex-wrap items-center gap-x-4 px-4 py-2 sm:px-6 sm:py-3">
      <Wordmark href="/tasks" />
      {navigation && (
        <nav
          aria-label="Main"
          className="-mx-2 flex flex-wrap sm:ml-2 max-sm:order-last max-sm:w-[calc(100%+1rem)]"
        >
          {navigation}
        </nav>
      )}
      <div className="-mr-4 ml-auto flex min-w-0 items-center text-quiet">
        <span title={email} className="hidden max-w-56 truncate text-small md:block">
          {email}
        </span>
        {children}
      </div>
    </header>
  )
}
