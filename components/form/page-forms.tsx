'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { saveReloadDrafts, takeReloadDrafts } from './reload-drafts.ts'

type PageForms = {
  /** The account that the page shows and its forms act for; absent on signed-out pages. */
  account?: { userId: string; email: string; timeZone?: string }
  /** Forms that did not run, with the text to fill in again. */
  returned: ReturnedForm[]
}

type PageFormsProps = Pick<PageForms, 'account'> & {
  returned: ReturnedForm | ReturnedForm[] | null
  children: ReactNode
}

const Context = createContext<PageForms>({ returned: [] })

/**
 * Provides the forms of a page with its account and with returned forms.
 * @param returned the forms that the server returned. Text that a reload of an outdated page interrupted is added in the
 * browser.
 */
export function PageForms({ account, returned, children }: PageFormsProps) {
  const [restored, setRestored] = useState<ReturnedForm[]>([])
  const userId = account?.userId

  useEffect(() => {
    const taken = takeReloadDrafts(userId)
    if (taken.length > 0) setRestored(taken)
    const save = () => saveReloadDrafts(userId)
    window.addEventListener('pagehide', save)
    return () => window.removeEventListener('pagehide', save)
  }, [userId])

  const all = [...[returned ?? []].flat(), ...restored]
  // Forms read their initial values from this context, so a new key remounts them with the restored text.
  return (
    <Context key={restored.length} value={{ ...(account && { account }), returned: all }}>
      {children}
    </Context>
  )
}

export function usePageForms(): PageForms {
  return useContext(Context)
}
