'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { LinkProgress } from './link-progress.tsx'

type NavLinkProps = {
  href: string
  /** The link is also current on pages below this path. */
  section?: string
  children: ReactNode
}

/** A navigation link, underlined while its page or section is shown. */
export function NavLink({ href, section, children }: NavLinkProps) {
  const path = usePathname()
  const isWithin = section !== undefined && (path === section || path.startsWith(`${section}/`))
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={path === href ? 'page' : isWithin || undefined}
      className="nav-link"
    >
      {children}
      <LinkProgress />
    </Link>
  )
}
