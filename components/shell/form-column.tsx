import type { ReactNode } from 'react'
import { ReturnedFormNotice } from '#components/form/returned-form-notice.tsx'

type FormColumnProps = {
  heading: string
  intro?: ReactNode
  /** Below the form, such as a link to another form. */
  footer?: ReactNode
  children: ReactNode
}

/** The main part of a page with one form, 24 rem wide: the target of the skip link. */
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
