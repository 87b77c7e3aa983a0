'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { usePageForms } from '#components/form/page-forms.tsx'
import { checkSession } from '#components/session/check-session.ts'

/** The page's own requests go first. */
const START_MS = 1_000

/**
 * Shows changes of the account's tasks that others make, and leaves the page soon after its session has ended.
 * @param seq the number of the last change that the page shows
 * @param dayMs how long the day still lasts that the page shows as today
 */
export function LiveChanges({ seq, dayMs }: { seq: number; dayMs: number }) {
  const userId = usePageForms().account?.userId
  const { refresh } = useRouter()
  const shown = useRef({ seq, dayEnds: Number.POSITIVE_INFINITY })

  useEffect(() => {
    shown.current = { seq, dayEnds: Date.now() + dayMs }
  }, [seq, dayMs])

  useEffect(() => {
    if (!userId) return
    let end: (() => void) | null = null
    let hasLeft = false
    async function start(id: string) {
      const { showChanges } = await import('./show-changes.ts')
      if (hasLeft) return
      end = showChanges({
        userId: id,
        shownSeq: () => shown.current.seq,
        dayEnds: () => shown.current.dayEnds,
        refresh,
        checkSession: () => checkSession(id),
      })
    }
    // Without the script the page shows changes when it is loaded again.
    const timer = setTimeout(() => start(userId).catch(() => {}), START_MS)
    function leave() {
      hasLeft = true
      clearTimeout(timer)
      end?.()
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [userId, refresh])
  return null
}
