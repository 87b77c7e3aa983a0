'use client'

import type { MouseEvent } from 'react'
import { FormProblems } from '#components/form/form-problems'
import { useCheckedForm } from '#components/form/use-checked-form'
import { TaskEditor } from '#components/tasks/task-editor'
import { Button } from '#components/ui/button'
import { SubmitButton } from '#components/ui/submit-button'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { editTaskSchema } from '#lib/tasks/schema'
import { editTaskAction } from './actions'
import { HiddenFields } from './hidden-fields'
import type { TaskView } from './task-view'

type EditTaskFormProps = { task: TaskView; cursor: string | undefined; onClose: () => void }

/** The editor of a task, in the place of its row. */
export function EditTaskForm({ task, cursor, onClose }: EditTaskFormProps) {
  const { state, pending, field, formProps } = useCheckedForm(editTaskAction, editTaskSchema, {
    onDone: onClose,
  })
  const { defaultValue: title = task.title, ...titleField } = field('title')
  const { defaultValue: description = task.description ?? '', ...descriptionField } = field('description')

  const cancelFormId = `cancel-${task.id}`

  function cancel(event: MouseEvent) {
    event.preventDefault()
    onClose()
  }

  return (
    <>
      <form {...formProps}>
        <HiddenFields fields={{ id: task.id, cursor }} />
        <FormProblems state={state} idSuffix={`-${task.id}`} />
        <TaskEditor
          title={
            <TextField
              label="Title"
              autoFocus
              autoComplete="off"
              defaultValue={title}
              {...titleField}
              id={`title-${task.id}`}
            />
          }
          description={
            <TextArea
              label="Description"
              rows={4}
              defaultValue={description}
              {...descriptionField}
              id={`description-${task.id}`}
            />
          }
          buttons={
            <>
              <SubmitButton pending={pending} pendingText="Saving…">
                Save
              </SubmitButton>
              <Button variant="quiet" form={cancelFormId} onClick={cancel}>
                Cancel
              </Button>
            </>
          }
        />
      </form>
      {/* Without JavaScript, "Cancel" asks for the list again. */}
      <form id={cancelFormId} action="/tasks" hidden>
        <HiddenFields fields={{ cursor }} />
      </form>
    </>
  )
}
