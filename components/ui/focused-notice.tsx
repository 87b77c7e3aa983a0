'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { PageNotice } from './page-notice.tsx'

/** Takes the focus, because the button that had it is gone. Give each message a key of its own. */
export function FocusedNotice({ children }: { children: ReactNode }) {
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => notice.current?.focus(), [])
  return (
    // biome-ignore lint/a11y/noAutofocus: it is the focus of a button that is gone, and works without scripts
    <div ref={notice} tabIndex={-1} autoFocus className="rounded-lg">
      <PageNotice>{children}</PageNotice>
    </div>
  )
}
