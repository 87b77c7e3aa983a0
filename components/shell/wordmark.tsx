import Link from 'next/link'
import { Mark } from './mark.tsx'

/** Mark and name, as a link to the home page. */
export function Wordmark({ href }: { href: '/' | '/tasks' }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="-ml-1 inline-flex min-h-11 items-center gap-2 rounded-lg px-1 font-medium text-lead tracking-tight"
    >
      <Mark className="size-5 text-accent" />
      Taskward
    </Link>
  )
}
