'use client'

import type { FormSender } from '#components/form/use-form-sender.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { changeButton } from './task-changes.tsx'

type DeletedNoticeProps = {
  sender: FormSender
  task: { id: string; title: string }
  onRestored: () => void
}

/** "Undo" takes the focus, because the button that had it was deleted with its row. */
export function DeletedNotice({ sender, task, onRestored }: DeletedNoticeProps) {
  return (
    <Notice
      action={
        <Button
          {...changeButton({ name: 'restore', value: task.id }, { sender, onDone: onRestored })}
          variant="plain"
          autoFocus
        >
          Undo
        </Button>
      }
    >
      <span className="line-clamp-2">Deleted “{task.title}”.</span>
    </Notice>
  )
}
