'use client'

import { type ComponentProps, useLayoutEffect, useRef } from 'react'
import { copyFieldValues, rememberTexts } from './copy-field-values.ts'

type HydrationSafeFormProps = Omit<ComponentProps<'form'>, 'ref'> & {
  /** Unique on the page if the form has fields to fill in. */
  name: string
}

/** The form as the server rendered it, and the focused element of its page. */
type Served = { form: HTMLFormElement; focused: Element | null }

/** Forms that React has hydrated or created. */
const hydrated = new WeakSet<HTMLFormElement>()

/**
 * A form that keeps what the user typed before hydration.
 *
 * If a browser extension has changed the page, React discards the served page and renders a new one (error #418). The
 * served form still exists during that render, so its values are copied to the new form. If React keeps the form, it
 * resets text areas to their served text.
 */
export function HydrationSafeForm(props: HydrationSafeFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const served = useRef<Served>(undefined)
  if (!form.current) served.current ??= findServed(props.name)

  useLayoutEffect(() => {
    if (!form.current) return
    hydrated.add(form.current)
    if (served.current) {
      const { form: from, focused } = served.current
      copyFieldValues({ from, to: form.current, focused: from === form.current ? null : focused })
    }
    // The served form may contain a password.
    served.current = undefined
  }, [])

  return <form {...props} ref={form} />
}

function findServed(name: string): Served | undefined {
  if (typeof document === 'undefined') return
  const form = [...document.forms].find((one) => one.getAttribute('name') === name && !hydrated.has(one))
  if (!form) return
  rememberTexts(form)
  return { form, focused: document.activeElement }
}
