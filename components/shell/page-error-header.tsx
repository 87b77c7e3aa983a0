'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { SignedOutHeader } from './signed-out-header.tsx'

const Context = createContext<ReactNode>(null)

type PageErrorHeaderProviderProps = {
  /** Null for visitors. */
  header: ReactNode
  children: ReactNode
}

/** Provides error pages with their header: they are client components, and know no account. */
export function PageErrorHeaderProvider({ header, children }: PageErrorHeaderProviderProps) {
  return <Context value={header}>{children}</Context>
}

/** The header of the account, or that for visitors. */
export function PageErrorHeader() {
  return useContext(Context) ?? <SignedOutHeader />
}
