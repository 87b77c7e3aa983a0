import { ButtonForm } from '#components/form/button-form.tsx'
import { respondAction } from './actions.ts'
import { type FindingResponse, RESPONSES } from './responses.ts'

type ResponseButtonProps = {
  response: FindingResponse
  /** A network, an account's id or a finding's id. */
  target: string
  /** What it applies to. The button shows a network; anything else is only in its accessible name. */
  to: string
}

export function ResponseButton({ response, target, to }: ResponseButtonProps) {
  const { button } = RESPONSES[response]
  const isNamed = typeof button === 'function'
  return (
    <ButtonForm
      action={respondAction}
      name={`${response} ${target}`}
      fields={{ response, target }}
      aria-label={isNamed ? undefined : `${button}: ${to}`}
      className="wrap-anywhere"
    >
      {isNamed ? button(to) : button}
    </ButtonForm>
  )
}
