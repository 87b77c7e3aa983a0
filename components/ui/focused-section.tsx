'use client'

import type { ComponentProps } from 'react'

/** Takes the focus from the link that opened it, and leaves it to the page when it closes. Give each question a key. */
export function FocusedSection(props: Omit<ComponentProps<'section'>, 'ref' | 'tabIndex'>) {
  return <section {...props} ref={takeFocus} tabIndex={-1} />
}

function takeFocus(section: HTMLElement | null) {
  section?.focus()
  return () => {
    if (section?.contains(document.activeElement)) document.getElementById('main')?.focus()
  }
}
