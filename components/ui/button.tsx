import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { type ButtonVariant, buttonClasses } from './button-classes.ts'

type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant
  /** Shows `pendingText` and ignores presses until the action ends. */
  pending?: boolean
  pendingText?: ReactNode
}

/**
 * Submits its form unless `type` is "button". A pending button keeps its size, and its focus: it is `aria-disabled`,
 * because `disabled` would drop the focus.
 */
export function Button({
  variant = 'primary',
  pending = false,
  pendingText,
  type = 'submit',
  className = '',
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={pending || rest['aria-disabled']}
      onClick={pending ? ignore : onClick}
      className={`${buttonClasses(variant)} ${pending ? 'cursor-progress' : ''} ${className}`}
    >
      {pendingText === undefined ? (
        children
      ) : (
        <>
          <span className={`col-start-1 row-start-1 ${pending ? 'invisible' : ''}`}>{children}</span>
          <span className={`col-start-1 row-start-1 ${pending ? '' : 'invisible'}`}>{pendingText}</span>
        </>
      )}
    </button>
  )
}

function ignore(event: MouseEvent) {
  event.preventDefault()
}
