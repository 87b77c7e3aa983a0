'use client'

import { type FormEvent, useEffect } from 'react'
import { useSender } from '#components/form/use-sender'
import { Notice } from '#components/ui/notice'
import { SubmitButton } from '#components/ui/submit-button'
import { type FormState, hasFailed } from '#lib/form-state'
import { restoreTaskAction } from './actions'
import { HiddenFields } from './hidden-fields'

type DeletedNoticeProps = {
  task: { id: string; title: string }
  cursor: string | undefined
  onRestored: () => void
  onProblem: (problem: FormState) => void
}

/** Says what was deleted, with the way back. Takes the focus, since the button that had it is gone. */
export function DeletedNotice({ task, cursor, onRestored, onProblem }: DeletedNoticeProps) {
  const { state, post, send, pending } = useSender(restoreTaskAction)
  useEffect(() => {
    if (hasFailed(state)) onProblem(state)
  }, [state, onProblem])

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!pending) send(new FormData(event.currentTarget), { onDone: onRestored })
  }

  return (
    <Notice
      action={
        <form action={post} onSubmit={onSubmit}>
          <HiddenFields fields={{ id: task.id, cursor }} />
          <SubmitButton variant="plain" pending={pending} autoFocus>
            Undo
          </SubmitButton>
        </form>
      }
    >
      <span className="line-clamp-2">Deleted “{task.title}”.</span>
    </Notice>
  )
}
