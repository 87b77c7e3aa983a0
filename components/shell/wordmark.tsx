import Link from 'next/link'
import { Mark } from './mark.tsx'

/** Mark and name, as a link to the home page. */
export function Wordmark({ href }: { href: '/' | '/tasks' }) {
  return (
    <Link href={href} prefetch={false} className="wordmark">
      <Mark className="size-5 text-accent" />
      <span>Taskward</span>
    </Link>
  )
}
