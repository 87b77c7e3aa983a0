export type ButtonVariant = 'primary' | 'quiet' | 'plain' | 'danger'

const SHAPE =
  'inline-grid min-h-11 place-items-center rounded-lg border px-4 py-2 text-center font-medium transition-colors'

// Every variant has a border, because forced colours remove backgrounds.
const VARIANT: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border-line text-ink hover:bg-wash',
  // Inherits the colour.
  plain: 'border-transparent hover:bg-ink/6',
  danger: 'border-line text-danger hover:bg-danger-wash',
}

/** For buttons, and for links with the appearance of a button. */
export function buttonClasses(variant: ButtonVariant): string {
  return `${SHAPE} ${VARIANT[variant]}`
}
