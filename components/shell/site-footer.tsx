'use client'

import type { Theme } from './theme.tsx'
import { ThemeControl } from './theme-control.tsx'

export function SiteFooter({ theme, themeCookie }: { theme: Theme; themeCookie: string }) {
  return (
    <footer className="mx-auto flex w-full max-w-5xl justify-end px-2 pb-4 sm:px-4">
      <ThemeControl theme={theme} cookie={themeCookie} />
    </footer>
  )
}
