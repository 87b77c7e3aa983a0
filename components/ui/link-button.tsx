import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonVariant, buttonClasses } from './button-classes.ts'

/** A link styled as a button. The gate refuses a prefetch that would have to renew the session, so it makes none. */
export function LinkButton({
  variant = 'primary',
  className = '',
  ...rest
}: ComponentProps<typeof Link> & { variant?: ButtonVariant }) {
  return <Link prefetch={false} {...rest} className={`${buttonClasses(variant)} ${className}`} />
}
