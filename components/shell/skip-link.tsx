/** The first keyboard stop, hidden until it has the focus (WCAG 2.4.1). */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="absolute top-2 left-2 z-10 -translate-y-20 rounded-lg bg-ink px-4 py-2.5 font-medium text-paper focus:translate-y-0"
    >
      Skip to content
    </a>
  )
}
