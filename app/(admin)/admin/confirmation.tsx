import type { ReactNode } from 'react'
import { FocusedSection } from '#components/ui/focused-section.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { CONFIRMATION } from './confirmation-fragment.ts'

type ConfirmationProps = {
  question: string
  effect: string
  /** A form with the button that acts. */
  button: ReactNode
  /** The address of the same page without the question. */
  back: string
}

/** Asks before an action that shuts users out: what it does, a button that does it, and a way back. */
export function Confirmation({ question, effect, button, back }: ConfirmationProps) {
  return (
    <FocusedSection
      key={question}
      id={CONFIRMATION.slice(1)}
      aria-labelledby="confirmation-question"
      className="confirmation"
    >
      <h2 id="confirmation-question" className="wrap-anywhere text-lead">
        {question}
      </h2>
      <p className="mt-1 max-w-prose">{effect}</p>
      <div className="mt-4 flex flex-wrap items-end gap-2">
        {button}
        <LinkButton href={back} variant="plain">
          Cancel
        </LinkButton>
      </div>
    </FocusedSection>
  )
}
