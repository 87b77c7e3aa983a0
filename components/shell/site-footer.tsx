'use client'

import Link from 'next/link'
import type { Theme } from './theme.tsx'
import { ThemeControl } from './theme-control.tsx'

export function SiteFooter({ theme, themeCookie }: { theme: Theme; themeCookie: string }) {
  return (
    <footer className="site-footer">
      <nav aria-label="About">
        <Link href="/help" prefetch={false}>
          Help
        </Link>
        <Link href="/privacy" prefetch={false}>
          Privacy
        </Link>
      </nav>
      <ThemeControl theme={theme} cookie={themeCookie} />
    </footer>
  )
}
