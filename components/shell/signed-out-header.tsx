'use client'

import { Wordmark } from './wordmark.tsx'

export function SignedOutHeader() {
  return (
    <header className="page-header">
      <Wordmark href="/" />
    </header>
  )
}
