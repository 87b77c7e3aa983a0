import { ButtonForm } from '#components/form/button-form'
import { answerAction } from './actions'
import { ANSWERS, type Answer } from './answers'

type AnswerButtonProps = {
  answer: Answer
  /** The network, the account's id or the finding's. */
  target: string
  /** What it is done to, for those who hear the button alone. */
  to: string
}

/** A button that does one thing about a finding or a block. */
export function AnswerButton({ answer, target, to }: AnswerButtonProps) {
  const { button } = ANSWERS[answer]
  return (
    <ButtonForm action={answerAction} fields={{ answer, target }} aria-label={`${button}: ${to}`}>
      {button}
    </ButtonForm>
  )
}
