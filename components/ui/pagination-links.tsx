'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { LinkButton } from './link-button.tsx'

type PaginationLinksProps = {
  /** What is paged: the accessible name. */
  name?: string
  /** The address of the first page, or null on it. */
  newest: string | null
  /** The address of the next page, or null on the last one. */
  older: string | null
  /** For a list that is not sorted by age. */
  newestText?: string
  olderText?: string
  /** Rendered in each link, so that `useLinkStatus` works in it. */
  children?: ReactNode
}

export function PaginationLinks({
  name = 'Pages',
  newest,
  older,
  newestText = 'Newest',
  olderText = 'Older',
  children,
}: PaginationLinksProps) {
  const isTurned = useRef(false)
  const turn = () => {
    isTurned.current = true
  }

  // The next page begins at its top. The link that led to it may be gone.
  useEffect(() => {
    if (isTurned.current) document.getElementById('main')?.focus()
    isTurned.current = false
  })

  if (newest === null && older === null) return null
  return (
    <nav aria-label={name} className="mt-6 flex flex-wrap gap-2">
      {newest !== null && (
        <LinkButton href={newest} variant="quiet" onNavigate={turn}>
          {newestText}
          {children}
        </LinkButton>
      )}
      {older !== null && (
        <LinkButton href={older} variant="quiet" onNavigate={turn}>
          {olderText}
          {children}
        </LinkButton>
      )}
    </nav>
  )
}
