'use client'

import { lazy, type ReactNode } from 'react'
import { usePageForms } from '#components/form/page-forms.tsx'
import { ReturnedFormNotice } from '#components/form/returned-form-notice.tsx'
import { buttonClasses } from '#components/ui/button-classes.ts'
import { type UnconfirmedEmail, UnconfirmedEmailNotice } from './unconfirmed-email-notice.tsx'

// Client components in one file: as elements of the server they and their classes would be in every page twice.

type PageColumnProps = {
  heading: string
  intro?: ReactNode
  /** On the line of the heading. */
  action?: ReactNode
  /** `task` is 44 rem; `full` is for tables. */
  width?: 'task' | 'full'
  /** A note below the content until the account's address is confirmed. */
  unconfirmed?: UnconfirmedEmail | undefined
  children: ReactNode
}

/** The main part of a page with a list or table: the target of the skip link. */
export function PageColumn({
  heading,
  intro,
  action,
  width = 'task',
  unconfirmed,
  children,
}: PageColumnProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={width === 'task' ? 'page-column' : 'page-column page-column-full'}
    >
      <div className="page-heading">
        <h1 dir="auto">{heading}</h1>
        {action}
      </div>
      {intro && <div className="page-intro">{intro}</div>}
      <ReturnedFormNotice />
      <div className="page-content">
        {children}
        {unconfirmed && <UnconfirmedEmailNotice state={unconfirmed} />}
      </div>
    </main>
  )
}

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
    <main id="main" tabIndex={-1} className="form-column">
      <h1 className="text-display">{heading}</h1>
      {intro && <div className="mt-1 text-quiet">{intro}</div>}
      <ReturnedFormNotice />
      <div className="mt-6">{children}</div>
      {footer && <div className="mt-6 text-quiet">{footer}</div>}
    </main>
  )
}

/** Of the few 404 pages that have one: every page loads the others. */
const UnsavedText = lazy(() => import('#components/form/unsaved-text.tsx'))

type NotFoundColumnProps = { heading: string; href: string; linkText: string }

/** The main part of the 404 page, which the server sends with every page: also where a list was deleted meanwhile. */
export function NotFoundColumn({ heading, href, linkText }: NotFoundColumnProps) {
  const { returned } = usePageForms()
  return (
    <>
      <title>{`${heading} – Taskward`}</title>
      <FormColumn
        heading={heading}
        intro="There is no page at this address. It may have moved, or the link is incomplete."
      >
        <div className="space-y-6">
          {returned.map((form) => (
            <UnsavedText key={form.form} returned={form} />
          ))}
          <a href={href} className={buttonClasses('primary')}>
            {linkText}
          </a>
        </div>
      </FormColumn>
    </>
  )
}
