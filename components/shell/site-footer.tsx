'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Theme } from './theme.tsx'
import { ThemeControl } from './theme-control.tsx'

/** `children` are further links. */
type SiteFooterProps = { theme: Theme; themeCookie: string; children: ReactNode }

export function SiteFooter({ theme, themeCookie, children }: SiteFooterProps) {
  return (
    <footer className="site-footer">
      <nav aria-label="About">
        <Link href="/help" prefetch={false}>
          Help
        </Link>
        <Link href="/privacy" prefetch={false}>
          Privacy
        </Link>
        {children}
      </nav>
      <ThemeControl theme={theme} cookie={themeCookie} />
    </footer>
  )
}
