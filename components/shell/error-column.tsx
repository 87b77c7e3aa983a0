import type { ReactNode } from 'react'

/** The main part of an error page, without forms: every page loads it. */
export function ErrorColumn({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-[26rem] grow px-4 pt-6 pb-16 outline-none sm:pt-[12vh]"
    >
      <h1 className="text-display">{heading}</h1>
      <div className="mt-6">{children}</div>
    </main>
  )
}
