'use client'

import { changeOpenTaskAction } from '#app/(app)/tasks/[taskId]/actions.ts'
import type { TaskChange } from '#app/(app)/tasks/task-change.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { formButton } from '#components/form/form-button.ts'
import { FormErrors } from '#components/form/form-errors.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { withoutKeptText } from '#components/form/without-kept-text.ts'
import { Button } from '#components/ui/button.tsx'
import { TaskCheckbox } from './task-checkbox.tsx'

const FORM_ID = 'task-controls'

type TaskControlsProps = {
  task: { id: string; isCompleted: boolean; isDeleted: boolean }
  /** The list that the page was opened from. */
  from: string
}

/** Done, "Delete", and "Restore" in place of them. */
export function TaskControls({ task: { id, isCompleted, isDeleted }, from }: TaskControlsProps) {
  const sender = useFormSender(changeOpenTaskAction, { name: 'change-task' })
  const button = (name: TaskChange) => formButton({ form: FORM_ID, name, value: id }, { sender })

  return (
    <ActionForm sender={sender} id={FORM_ID} className="grid gap-3">
      <HiddenFields fields={{ id, return_to: from }} />
      <FormErrors state={withoutKeptText(sender.state)} />
      {isDeleted ? (
        <div className="flex min-h-13 flex-wrap items-center justify-between gap-3 rounded-lg bg-wash py-1 pr-1 pl-3.5">
          <p>This task is deleted.</p>
          <Button {...button('restore')} variant="plain" pending={sender.pending}>
            Restore
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <TaskCheckbox {...button(isCompleted ? 'reopen' : 'complete')} title="Done" checked={isCompleted}>
            Done
          </TaskCheckbox>
          <Button {...button('delete')} variant="danger" pending={sender.pending}>
            Delete
          </Button>
        </div>
      )}
    </ActionForm>
  )
}
