'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { QuietLink } from './quiet-link.tsx'

type NavLinkProps = {
  href: string
  /** The path below which it is the reader's section; `href` leads to one of its pages. */
  section?: string
  children: ReactNode
}

/** A link of the navigation that knows when its page, or one of its section, is the one on show. */
export function NavLink({ href, section, children }: NavLinkProps) {
  const here = usePathname()
  const isWithin = section !== undefined && (here === section || here.startsWith(`${section}/`))
  return (
    <QuietLink href={href} aria-current={here === href ? 'page' : isWithin || undefined}>
      {children}
    </QuietLink>
  )
}
