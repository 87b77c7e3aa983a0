import { DeedForm } from '../deed-form'
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
    <DeedForm action={answerAction} fields={{ answer, target }} label={`${button}: ${to}`}>
      {button}
    </DeedForm>
  )
}
