/** Decorative: hidden from assistive technology, so text has to carry the meaning. */
export function AlertIcon({ className }: { className: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d="M10 6.5v4.25m0 2.75v.01M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z" />
    </svg>
  )
}
