'use client'

import type { ReactNode } from 'react'
import { Wordmark } from './wordmark.tsx'

/** @param children links on the right */
export function SignedOutHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="page-header">
      <Wordmark href="/" />
      {children}
    </header>
  )
}
