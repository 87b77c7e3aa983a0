'use client'

import type { FormEvent } from 'react'
import type { Sender } from '#components/form/use-sender'
import { Notice } from '#components/ui/notice'
import { SubmitButton } from '#components/ui/submit-button'
import { HiddenFields } from './hidden-fields'

type DeletedNoticeProps = {
  sender: Sender
  task: { id: string; title: string }
  cursor: string | undefined
  onRestored: () => void
}

/** Says what was deleted, with the way back. Takes the focus, since the button that had it is gone. */
export function DeletedNotice({ sender, task, cursor, onRestored }: DeletedNoticeProps) {
  const { post, send, pending } = sender

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
