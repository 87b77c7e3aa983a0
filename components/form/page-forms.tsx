'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { saveReloadDrafts, takeReloadDrafts } from './reload-drafts.ts'

type PageForms = {
  /** The account that the page shows, and for which its forms act; none on a page for visitors. */
  account?: { userId: string; email: string }
  /** The forms that the page came back with. */
  returned: ReturnedForm[]
}

type PageFormsProps = Pick<PageForms, 'account'> & {
  returned: ReturnedForm | ReturnedForm[] | null
  children: ReactNode
}

const Context = createContext<PageForms>({ returned: [] })

/**
 * What all forms of a page have in common. Around everything on it.
 * @param returned what the server sends back. What was typed in others when the router loaded an outdated page
 * anew comes back as well, without a server.
 */
export function PageForms({ account, returned, children }: PageFormsProps) {
  const [kept, setKept] = useState<ReturnedForm[]>([])
  const userId = account?.userId

  useEffect(() => {
    const taken = takeReloadDrafts(userId)
    if (taken.length > 0) setKept(taken)
    const keep = () => saveReloadDrafts(userId)
    window.addEventListener('pagehide', keep)
    return () => window.removeEventListener('pagehide', keep)
  }, [userId])

  const all = [...[returned ?? []].flat(), ...kept]
  // Forms read their first values from here, so a new key makes them start again with what was kept.
  return (
    <Context key={kept.length} value={{ ...(account && { account }), returned: all }}>
      {children}
    </Context>
  )
}

export function usePageForms(): PageForms {
  return useContext(Context)
}
