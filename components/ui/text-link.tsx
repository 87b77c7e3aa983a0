import Link from 'next/link'
import type { ComponentProps } from 'react'

/** A link within text. */
export function TextLink({ className = '', ...rest }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...rest} className={`text-link ${className}`} />
}

/** The same without the router: for downloads and other origins. */
export function PlainLink({ className = '', ...rest }: ComponentProps<'a'>) {
  return <a {...rest} className={`text-link ${className}`} />
}
