import Link from 'next/link'
import type { ComponentProps } from 'react'

const CLASSES =
  'rounded-sm text-accent underline decoration-1 underline-offset-4 hover:text-accent-strong hover:decoration-2'

/** A link within text. */
export function TextLink({ className = '', ...rest }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...rest} className={`${CLASSES} ${className}`} />
}

/** The same without the router: for downloads and other origins. */
export function PlainLink({ className = '', ...rest }: ComponentProps<'a'>) {
  return <a {...rest} className={`${CLASSES} ${className}`} />
}
