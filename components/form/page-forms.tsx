'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { ReturnedForm } from '#lib/auth/edge/returned-form'

type PageForms = {
  /** The account that the page shows, and for which its forms act; none on a page for visitors. */
  account?: { userId: string; email: string }
  /** The form that the page came back with. */
  returned: ReturnedForm | null
}

const Context = createContext<PageForms>({ returned: null })

/** What all forms of a page have in common. Around everything on it. */
export function PageForms({ children, ...forms }: PageForms & { children: ReactNode }) {
  return <Context value={forms}>{children}</Context>
}

export function usePageForms(): PageForms {
  return useContext(Context)
}
