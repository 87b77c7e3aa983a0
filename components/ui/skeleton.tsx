/** A still shape that holds the place of text to come; `className` gives it the final size. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <span aria-hidden="true" className={`block rounded-md bg-wash ${className}`} />
}
