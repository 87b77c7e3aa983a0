'use client'

import { Wordmark } from './wordmark.tsx'

export function SignedOutHeader() {
  return (
    <header className="mx-auto flex w-full max-w-5xl items-center px-4 py-2 sm:px-6 sm:py-3">
      <Wordmark href="/" />
    </header>
  )
}
