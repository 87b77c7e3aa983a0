'use client'

import type { MouseEvent } from 'react'
import { editTaskAction } from '#app/(app)/tasks/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { EditConflict } from '#components/tasks/edit-conflict.tsx'
import { TaskEditor } from '#components/tasks/task-editor.tsx'
import { Button } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { hasFailed, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { TASK_FAILURES } from '#lib/tasks/errors.ts'
import type { TaskText } from '#lib/tasks/fingerprint.ts'
import { editTaskFormSchema } from '#lib/tasks/schema.ts'
import type { TaskView } from './task-view.ts'
import type { OpenEditor } from './use-open-editors.ts'

type EditTaskFormProps = {
  editor: OpenEditor
  /** The task as the list has it now; undefined if it is gone. */
  task: TaskView | undefined
  /** The server's clock, ISO 8601. */
  now: string
  cursor: string | undefined
  onClose: () => void
}

const ALSO_CHANGED = { hint: 'Also changed in another window' }

/** The name of a task's editor among the forms of the page. */
export function editorOf(taskId: string): string {
  return `edit-task ${taskId}`
}

/** The editor of a task, in the place of its row. Shows nothing for a task that was gone before, unless it brings typed text. */
export function EditTaskForm({ editor: { id, opened }, task, now, cursor, onClose }: EditTaskFormProps) {
  const { state, pending, field, formProps } = useValidatedForm(
    editTaskAction,
    editorOf(id),
    editTaskFormSchema,
    {
      onDone: onClose,
    },
  )
  const { values } = state
  const { defaultValue: title = opened?.title, ...titleField } = field('title')
  const { defaultValue: description = opened?.description ?? '', ...descriptionField } = field('description')
  const clashes = (task && values.clash?.split(' ')) ?? []
  const cancelFormId = `cancel-${id}`

  function cancel(event: MouseEvent) {
    event.preventDefault()
    onClose()
  }

  function savedMeanwhile(text: TaskText) {
    if (!task || !clashes.includes(text)) return null
    const name = `use_saved_${text}`
    return (
      <EditConflict
        text={task[text] ?? ''}
        empty="No description"
        savedAt={values.saved_at ?? now}
        now={now}
        name={name}
        id={`${name}-${id}`}
        defaultChecked={values[name] !== undefined}
      />
    )
  }

  if (!opened && !hasFailed(state)) return null
  // The page says above the list that a task was gone before the editor opened.
  const isSaidAbove = !opened && state.message === TASK_FAILURES.TASK_NOT_FOUND.text
  return (
    <li>
      <ActionForm {...formProps}>
        <HiddenFields
          fields={{
            id,
            cursor,
            seen_title: values.seen_title ?? opened?.fingerprints.title,
            seen_description: values.seen_description ?? opened?.fingerprints.description,
            clash: values.clash,
            saved_at: values.saved_at,
            restore: values.restore,
          }}
        />
        <FormErrors state={isSaidAbove ? INITIAL_FORM_STATE : state} idSuffix={`-${id}`} />
        <TaskEditor
          title={
            <>
              <TextField
                label="Title"
                autoFocus
                autoComplete="off"
                defaultValue={title}
                {...titleField}
                {...(clashes.includes('title') && ALSO_CHANGED)}
                id={`title-${id}`}
              />
              {savedMeanwhile('title')}
            </>
          }
          description={
            <>
              <TextArea
                label="Description"
                rows={4}
                defaultValue={description}
                {...descriptionField}
                {...(clashes.includes('description') && ALSO_CHANGED)}
                id={`description-${id}`}
              />
              {savedMeanwhile('description')}
            </>
          }
          buttons={
            <>
              <SubmitButton pending={pending} pendingText="Saving…">
                {values.restore ? 'Restore and save' : 'Save'}
              </SubmitButton>
              <Button variant="quiet" form={cancelFormId} onClick={cancel}>
                Cancel
              </Button>
            </>
          }
        />
      </ActionForm>
      {/* Without JavaScript, "Cancel" asks for the list again. */}
      <form id={cancelFormId} action="/tasks" hidden>
        <HiddenFields fields={{ cursor }} />
      </form>
    </li>
  )
}
