'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { SiteHeader } from './site-header.tsx'

const Context = createContext<ReactNode>(null)

type FailureHeaderProps = {
  /** Null for visitors. */
  header: ReactNode
  children: ReactNode
}

/** Provides error pages with their header: they are client components, and know no account. */
export function FailureHeader({ header, children }: FailureHeaderProps) {
  return <Context value={header}>{children}</Context>
}

/** The header of the account, or that for visitors. */
export function HeaderOfFailure() {
  return useContext(Context) ?? <SiteHeader />
}
