export type ButtonVariant = 'primary' | 'quiet' | 'plain' | 'danger'

// Every variant has a border, because forced colours remove backgrounds.
const VARIANT: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border-edge/50 text-ink hover:bg-wash',
  // Inherits the colour.
  plain: 'border-transparent hover:bg-ink/6',
  danger: 'border-edge/50 text-danger hover:bg-danger-wash',
}

/** For buttons, and for links with the appearance of a button. */
export function buttonClasses(variant: ButtonVariant): string {
  return `button ${VARIANT[variant]}`
}
