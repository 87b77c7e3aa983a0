'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { undoAction } from '#app/(app)/tasks/history/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { watchSends } from '#components/form/sends.ts'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { useHydrated } from '#components/ui/use-hydrated.tsx'
import type { Phrase } from '#lib/tasks/journal/words/phrase.ts'
import { focusTask } from './focus-task.ts'
import { PhraseText } from './phrase-text.tsx'

type UndoBarViewProps = {
  phrase: Phrase
  /** Absent if there is nothing to undo. */
  batchId?: string
  /** Whether undoing it is a redo. */
  isUndo?: boolean
  /** Present after an undo or a redo: a task that it changed, or null if it changed lists alone. */
  undoneId?: string | null
}

const FORM = 'undo'

/** What the last bar of this document was about. Other pages show it again. */
let seen: string | undefined

/**
 * Fixed to the foot of the window, so that nothing moves. It takes no focus, except from the bar that it replaces. It is
 * not shown from the next change on, so that "Undo" never undoes the change before the last.
 */
export function UndoBarView({ phrase, batchId, isUndo, undoneId }: UndoBarViewProps) {
  const sender = useFormSender(undoAction, { name: FORM })
  const [isDismissed, setDismissed] = useState(false)
  // Each answer of the server has a phrase of its own, also one that is equal.
  const [outdated, setOutdated] = useState<Phrase | null>(null)
  const isOutdated = outdated === phrase
  const isHydrated = useHydrated()
  const [isOfDocument] = useState(!isHydrated)
  const bar = useRef<HTMLDivElement>(null)
  const path = usePathname()
  const query = useSearchParams().toString()

  useEffect(() => {
    const isNew = !isOfDocument && seen !== batchId
    seen = batchId
    // "Undo" had the focus, and is gone.
    if (!isNew || undoneId === undefined || document.activeElement !== document.body) return
    if (!undoneId || !focusTask(undoneId)) bar.current?.focus()
  }, [isOfDocument, batchId, undoneId])

  useEffect(
    () =>
      watchSends(({ form, state }) => {
        // Outside the transition that sends the form: in it, the bar would change with the answer.
        if (form !== FORM) queueMicrotask(() => setOutdated(state === 'sent' ? phrase : null))
      }),
    [phrase],
  )

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!sender.pending) sender.send(new FormData(event.currentTarget))
  }

  if (isDismissed) return null
  return (
    <div className="undo-bar" data-outdated={isOutdated || undefined}>
      <FormErrors state={sender.state} />
      <div ref={bar} tabIndex={-1}>
        <p role="status">
          <PhraseText phrase={phrase} />
        </p>
        {batchId && (
          <ActionForm sender={sender} onSubmit={onSubmit}>
            <HiddenFields fields={{ batch: batchId, return_to: query ? `${path}?${query}` : path }} />
            <button type="submit" disabled={isOutdated} aria-disabled={sender.pending}>
              {isUndo ? 'Redo' : 'Undo'}
            </button>
          </ActionForm>
        )}
        {isHydrated && (
          <button type="button" aria-label="Dismiss" onClick={() => setDismissed(true)}>
            <span aria-hidden="true">×</span>
          </button>
        )}
      </div>
    </div>
  )
}
