import { ButtonForm } from '#components/form/button-form.tsx'
import { respondAction } from './actions.ts'
import { type Answer, RESPONSES } from './responses.ts'

type ResponseButtonProps = {
  answer: Answer
  /** The network, the account's id or the finding's. */
  target: string
  /** What it is done to: in the button where that is a network, else for those who hear the button alone. */
  to: string
}

/** A button that does one thing about a finding or a block. */
export function ResponseButton({ answer, target, to }: ResponseButtonProps) {
  const { button } = RESPONSES[answer]
  const isNamed = typeof button === 'function'
  return (
    <ButtonForm
      action={respondAction}
      name={`${answer} ${target}`}
      fields={{ answer, target }}
      aria-label={isNamed ? undefined : `${button}: ${to}`}
      className="wrap-anywhere"
    >
      {isNamed ? button(to) : button}
    </ButtonForm>
  )
}
