import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { type ButtonVariant, buttonClasses } from './button-classes.ts'

type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant
  /** The work it started is under way: it says so and ignores further presses. */
  pending?: boolean
  pendingText?: ReactNode
}

/**
 * A button that says its action; submits its form unless `type` says otherwise.
 * Pending, it keeps its size and its focus (hence aria-disabled: a disabled button would lose both focus and name).
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
  const showsPendingText = pending && pendingText !== undefined
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={pending || rest['aria-disabled']}
      onClick={pending ? ignore : onClick}
      className={`${buttonClasses(variant)} ${pending ? 'cursor-progress' : ''} ${className}`}
    >
      <span className={`col-start-1 row-start-1 ${showsPendingText ? 'invisible' : ''}`}>{children}</span>
      {pendingText !== undefined && (
        <span className={`col-start-1 row-start-1 ${showsPendingText ? '' : 'invisible'}`}>
          {pendingText}
        </span>
      )}
    </button>
  )
}

function ignore(event: MouseEvent) {
  event.preventDefault()
}
