import Link from 'next/link'
import type { ComponentProps } from 'react'

/** A link of the header: plain until pointed at, underlined when it leads to where the reader is. */
export function QuietLink({ className = '', ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch={false}
      {...rest}
      className={`inline-flex min-h-11 items-center rounded-lg px-2 text-quiet decoration-2 decoration-accent underline-offset-8 transition-colors hover:text-ink aria-[current]:text-ink aria-[current]:underline ${className}`}
    />
  )
}
