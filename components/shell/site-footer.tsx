'use client'

import type { Theme } from './theme.tsx'
import { ThemeControl } from './theme-control.tsx'

export function SiteFooter({ theme, themeCookie }: { theme: Theme; themeCookie: string }) {
  return (
    <footer className="site-footer">
      <ThemeControl theme={theme} cookie={themeCookie} />
    </footer>
  )
}
