import type { ReactNode } from 'react'
import { ReturnedFormNotice } from '#components/form/returned-form-notice.tsx'

type PageColumnProps = {
  heading: string
  intro?: ReactNode
  /** `task` is 44 rem; `full` is for tables. */
  width?: 'task' | 'full'
  children: ReactNode
}

/** The main part of a page with a list or table: the target of the skip link. */
export function PageColumn({ heading, intro, width = 'task', children }: PageColumnProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={`mx-auto w-full grow px-4 pt-4 pb-16 outline-none sm:px-6 sm:pt-8 ${width === 'task' ? 'max-w-[47rem]' : 'max-w-5xl'}`}
    >
      <h1 className="text-display">{heading}</h1>
      {intro && <div className="mt-1 max-w-prose text-quiet">{intro}</div>}
      <ReturnedFormNotice />
      <div className="mt-6">{children}</div>
    </main>
  )
}
