import type { ReactNode } from 'react'
import { ReturnedFormNotice } from '#components/form/returned-form-notice.tsx'

type FormColumnProps = {
  heading: string
  intro?: ReactNode
  /** What stands below the form, such as the way to the other form. */
  footer?: ReactNode
  children: ReactNode
}

/** The main part of a page that is one form: 24 rem, nothing around it. It is where the skip link leads. */
export function FormColumn({ heading, intro, footer, children }: FormColumnProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-[26rem] grow px-4 pt-6 pb-16 outline-none sm:pt-[12vh]"
    >
      <h1 className="text-display">{heading}</h1>
      {intro && <div className="mt-1 text-quiet">{intro}</div>}
      <ReturnedFormNotice />
      <div className="mt-6">{children}</div>
      {footer && <div className="mt-6 text-quiet">{footer}</div>}
    </main>
  )
}
