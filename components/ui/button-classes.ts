export type ButtonVariant = 'primary' | 'quiet' | 'plain' | 'danger'

const SHAPE =
  'inline-grid min-h-11 place-items-center rounded-lg border px-4 py-2 text-center font-medium transition-colors'

// A border in every variant: forced colours draw it where backgrounds are gone.
const VARIANT: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border-line text-ink hover:bg-wash',
  // In the colour of its surroundings.
  plain: 'border-transparent hover:bg-ink/6',
  danger: 'border-line text-danger hover:bg-danger-wash',
}

/** The class names that buttons and links that look like buttons share. */
export function buttonClasses(variant: ButtonVariant): string {
  return `${SHAPE} ${VARIANT[variant]}`
}
