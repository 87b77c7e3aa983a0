'use client'

/** The first keyboard stop, hidden until it has the focus (WCAG 2.4.1). */
export function SkipLink() {
  return (
    <a href="#main" className="skip-link">
      Skip to content
    </a>
  )
}
