'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'

export type PageFormsValue = {
  /** The account that the page shows and its forms act for; absent on signed-out pages. */
  account?: { userId: string; email: string; timeZone?: string }
  /** Forms that did not run, or were not sent, with the text to fill in again. */
  returned: ReturnedForm[]
  /** Forgets the text of a form that the server has received, or that was cancelled. */
  forget: (form: FormData) => void
}

type PageFormsProps = Pick<PageFormsValue, 'account'> & {
  returned: ReturnedForm | ReturnedForm[] | null
  children: ReactNode
}

export const PageFormsContext = createContext<PageFormsValue>({ returned: [], forget: () => {} })

/** Provides the forms of a page with its account. @param returned the forms that the server returned */
export function PageForms({ account, returned, children }: PageFormsProps) {
  const value = { ...(account && { account }), returned: [returned ?? []].flat(), forget: () => {} }
  return <PageFormsContext value={value}>{children}</PageFormsContext>
}

export function usePageForms(): PageFormsValue {
  return useContext(PageFormsContext)
}
