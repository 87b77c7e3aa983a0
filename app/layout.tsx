import './globals.css'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SkipLink } from '#components/shell/skip-link.tsx'
import { StripUrlCredentials } from '#components/shell/strip-url-credentials.tsx'
import { parseTheme } from '#components/shell/theme.tsx'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { sourceUrl } from '#lib/http/source-url.ts'

// No title: without JavaScript it would override the "Error: …" of a form.
export const metadata: Metadata = { applicationName: 'Taskward' }

async function readTheme() {
  return parseTheme((await cookies()).get(cookieNames().theme)?.value)
}

/** Sets the colour of the page until the style sheet arrives. */
export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme()
  return { colorScheme: theme === 'system' ? 'light dark' : theme }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [theme, jar] = await Promise.all([readTheme(), cookies()])
  const shortcuts = jar.get(cookieNames().shortcuts)?.value === 'off' ? 'off' : undefined
  const source = sourceUrl()
  return (
    <html lang="en" data-theme={theme} data-shortcuts={shortcuts} className={GeistSans.variable}>
      <body className="flex min-h-dvh flex-col">
        <StripUrlCredentials />
        <SkipLink />
        {children}
        <SiteFooter theme={theme} themeCookie={cookieNames().theme}>
          {source && <a href={source}>Source</a>}
        </SiteFooter>
      </body>
    </html>
  )
}
