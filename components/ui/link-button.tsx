import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonVariant, buttonClasses } from './button-classes.ts'

/** A link that looks like a button. It does not prefetch: a prefetch may not renew a session, so it could only fail. */
export function LinkButton({
  variant = 'primary',
  className = '',
  ...rest
}: ComponentProps<typeof Link> & { variant?: ButtonVariant }) {
  return <Link prefetch={false} {...rest} className={`${buttonClasses(variant)} ${className}`} />
}
