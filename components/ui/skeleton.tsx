/** A placeholder for text that is loading; `className` gives it the size of that text. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <span aria-hidden="true" className={`block rounded-md bg-wash ${className}`} />
}
