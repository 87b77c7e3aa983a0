'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { SignedOutHeader } from './signed-out-header.tsx'

const Context = createContext<ReactNode>(null)

type PageErrorHeaderProviderProps = {
  /** Null for a visitor without a session. */
  header: ReactNode
  children: ReactNode
}

/** Passes the server-rendered header to error pages, which are client components and cannot read the session. */
export function PageErrorHeaderProvider({ header, children }: PageErrorHeaderProviderProps) {
  return <Context value={header}>{children}</Context>
}

export function PageErrorHeader() {
  return useContext(Context) ?? <SignedOutHeader />
}
