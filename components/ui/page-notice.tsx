import type { ReactNode } from 'react'
import { Notice } from './notice.tsx'

/** A Notice above the content of a page. */
export function PageNotice({ children }: { children: ReactNode }) {
  return (
    <div className="mb-5">
      <Notice>{children}</Notice>
    </div>
  )
}
