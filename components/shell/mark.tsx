/** A checkbox whose tick is a key, legible at 16 px. app/icon.svg has the same path. */
export function Mark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" fill="currentColor" className={className}>
      <path
        fillRule="evenodd"
        d="M8 0H24A8 8 0 0 1 32 8V24A8 8 0 0 1 24 32H8A8 8 0 0 1 0 24V8A8 8 0 0 1 8 0ZM20 17.1A5.1 5.1 0 1 0 17.3 14.4L11.7 20.1L8.1 16.5A1.9 1.9 0 0 0 5.4 19.2L10.4 24.1A1.9 1.9 0 0 0 13.1 24.1ZM23.5 13.9A2.1 2.1 0 1 1 20.6 11A2.1 2.1 0 1 1 23.5 13.9Z"
      />
    </svg>
  )
}
