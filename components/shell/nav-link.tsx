'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { QuietLink } from './quiet-link'

/** A link of the navigation that knows when its page is the one on show. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const isHere = usePathname() === href
  return (
    <QuietLink href={href} aria-current={isHere ? 'page' : undefined}>
      {children}
    </QuietLink>
  )
}
