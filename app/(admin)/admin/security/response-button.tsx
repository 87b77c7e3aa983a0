import { ButtonForm } from '#components/form/button-form.tsx'
import type { ButtonVariant } from '#components/ui/button-classes.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { respondAction } from './actions.ts'
import { type Offer, RESPONSES } from './responses.ts'

type ResponseButtonProps = Offer & {
  variant?: ButtonVariant
  /** The address of the question to ask first. */
  ask?: string
}

/** Acts, or asks first. The button shows a network; anything else is only in its accessible name. */
export function ResponseButton({ response, target, to, variant = 'quiet', ask }: ResponseButtonProps) {
  const { button } = RESPONSES[response]
  const isNamed = typeof button === 'function'
  const props = {
    variant,
    'aria-label': isNamed ? undefined : `${button}: ${to}`,
    className: 'wrap-anywhere',
    children: isNamed ? button(to) : button,
  }
  if (ask) return <LinkButton href={ask} {...props} />
  return (
    <ButtonForm
      action={respondAction}
      name={`${response} ${target}`}
      fields={{ response, target }}
      {...props}
    />
  )
}
