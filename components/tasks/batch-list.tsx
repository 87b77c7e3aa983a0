'use client'

import { undoAction } from '#app/(app)/tasks/history/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { formButton } from '#components/form/form-button.ts'
import { FormErrors } from '#components/form/form-errors.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { Button } from '#components/ui/button.tsx'
import { EventTime } from '#components/ui/relative-date.tsx'
import { type Phrase, toText } from '#lib/tasks/journal/words/phrase.ts'
import { PhraseText } from './phrase-text.tsx'

type BatchView = {
  batchId: string
  phrase: Phrase
  /** ISO 8601. */
  at: string
  isUndone: boolean
  isUndo: boolean
}

type BatchListProps = {
  batches: BatchView[]
  /** The server's clock, ISO 8601. */
  now: string
  /** The address of the page. */
  path: string
}

const FORM_ID = 'undo-batch'

/** What was changed, each batch with "Undo". The buttons share one form, which the list would repeat. */
export function BatchList({ batches, now, path }: BatchListProps) {
  const sender = useFormSender(undoAction, { name: FORM_ID })

  return (
    <>
      <FormErrors state={sender.state} />
      <ActionForm sender={sender} id={FORM_ID} hidden>
        <HiddenFields fields={{ return_to: path }} />
      </ActionForm>
      <ol aria-label="History">
        {batches.map(({ batchId, phrase, at, isUndone, isUndo }) => (
          <li key={batchId} className="batch">
            <p className={isUndone ? 'text-quiet' : undefined}>
              <PhraseText phrase={phrase} />
            </p>
            <EventTime at={at} now={now} />
            {isUndone ? (
              <span>Undone</span>
            ) : (
              <Button
                variant="plain"
                {...formButton({ form: FORM_ID, name: 'batch', value: batchId }, { sender })}
                pending={sender.pending}
                aria-label={`${isUndo ? 'Redo' : 'Undo'}: ${toText(phrase)}`}
              >
                {isUndo ? 'Redo' : 'Undo'}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
