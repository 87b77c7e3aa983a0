'use client'

import type { FormEvent } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'

type DeletedNoticeProps = {
  sender: FormSender
  task: { id: string; title: string }
  cursor: string | undefined
  onRestored: () => void
}

/** "Undo" takes the focus, because the button that had it was deleted with its row. */
export function DeletedNotice({ sender, task, cursor, onRestored }: DeletedNoticeProps) {
  const { send, pending } = sender

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!pending) send(new FormData(event.currentTarget), { onDone: onRestored })
  }

  return (
    <Notice
      action={
        <ActionForm sender={sender} onSubmit={onSubmit}>
          <HiddenFields fields={{ id: task.id, cursor }} />
          <SubmitButton variant="plain" pending={pending} autoFocus>
            Undo
          </SubmitButton>
        </ActionForm>
      }
    >
      <span className="line-clamp-2">Deleted “{task.title}”.</span>
    </Notice>
  )
}
