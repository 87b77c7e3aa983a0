export type ButtonVariant = 'primary' | 'quiet' | 'plain' | 'danger'

/** For buttons, and for links with the appearance of a button. The style sheet has the variants, to keep pages small. */
export function buttonClasses(variant: ButtonVariant): string {
  return `button ${variant}`
}
