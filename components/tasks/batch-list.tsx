'use client'

import type { MouseEvent } from 'react'
import { undoAction } from '#app/(app)/tasks/history/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { Button } from '#components/ui/button.tsx'
import { EventTime } from '#components/ui/relative-date.tsx'
import { type Phrase, toText } from '#lib/tasks/journal/words/phrase.ts'
import { PhraseText } from './phrase-text.tsx'

export type BatchView = {
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

  function undo(event: MouseEvent<HTMLButtonElement>) {
    event.preventDefault()
    const { form, name, value } = event.currentTarget
    const fields = new FormData(form ?? undefined)
    fields.set(name, value)
    if (!sender.pending) sender.send(fields)
  }

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
              {isUndo && <span className="badge ml-2">Undo</span>}
            </p>
            <EventTime at={at} now={now} />
            {isUndone ? (
              <span className="text-quiet">Undone</span>
            ) : (
              <Button
                variant="quiet"
                form={FORM_ID}
                name="batch"
                value={batchId}
                aria-label={`Undo: ${toText(phrase)}`}
                onClick={undo}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
