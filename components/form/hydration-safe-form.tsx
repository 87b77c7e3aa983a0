'use client'

import { type ComponentProps, useLayoutEffect, useRef } from 'react'
import { copyFieldValues, rememberTexts } from './copy-field-values.ts'

type HydrationSafeFormProps = Omit<ComponentProps<'form'>, 'ref'> & {
  /** Unique on the page if the form has fields to fill in. */
  name: string
}

/** A served form, and what had the focus on its page. */
type Served = { form: HTMLFormElement; focused: Element | null }

/** The forms on the page that React manages. All others are as the server sent them. */
const managed = new WeakSet<HTMLFormElement>()

/**
 * A form that keeps what was typed and chosen before hydration.
 *
 * Where an extension has put an element into the page, React removes the served page and builds it anew (error #418).
 * While it renders, the served form is still there: what it holds is carried over to the new form. In a form that it
 * keeps, React sets text areas to the served text.
 */
export function HydrationSafeForm(props: HydrationSafeFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const served = useRef<Served>(undefined)
  if (!form.current) served.current ??= findServed(props.name)

  useLayoutEffect(() => {
    if (!form.current) return
    managed.add(form.current)
    if (served.current) {
      const { form: from, focused } = served.current
      copyFieldValues(from, form.current, from === form.current ? null : focused)
    }
    // It may hold a password.
    served.current = undefined
  }, [])

  return <form {...props} ref={form} />
}

function findServed(name: string): Served | undefined {
  if (typeof document === 'undefined') return
  const form = [...document.forms].find((one) => one.getAttribute('name') === name && !managed.has(one))
  if (!form) return
  rememberTexts(form)
  return { form, focused: document.activeElement }
}
