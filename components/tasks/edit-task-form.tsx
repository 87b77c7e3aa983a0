'use client'

import { type KeyboardEvent, useState } from 'react'
import { editTaskAction } from '#app/(app)/tasks/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { hasChanges } from '#components/form/has-changes.ts'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { sendByKey } from '#components/form/send-by-key.ts'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { hasFailed, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { TASK_FAILURES } from '#lib/tasks/errors.ts'
import { fingerprintsOf } from '#lib/tasks/fingerprint.ts'
import { CancelButton, CancelForm } from './cancel-edit.tsx'
import { EditConflict } from './edit-conflict.tsx'
import { pathOf, type TaskPlace, type TaskView, taskPathOf } from './task-view.ts'
import type { OpenEditor } from './use-placed-rows.ts'

type EditTaskFormProps = {
  editor: OpenEditor
  /** The task in the current list; undefined if it was deleted. */
  task: TaskView | undefined
  /** The server's clock, ISO 8601. */
  now: string
  place: TaskPlace
  /** The heading of the page. */
  heading: string
  onClose: () => void
}

const loadSchema = async () => (await import('#lib/tasks/schema.ts')).editTaskFormSchema

const ALSO_CHANGED = { hint: 'Also changed in another window' }

/** The form name of a task's editor, unique on the page. */
export function editorName(taskId: string): string {
  return `edit-task ${taskId}`
}

/**
 * The editor of a task, in place of its row. For a task that was deleted before the editor opened, it renders only if it
 * has typed text to show.
 */
export function EditTaskForm({
  editor: { id, opened },
  task,
  now,
  place,
  heading,
  onClose,
}: EditTaskFormProps) {
  const { state, pending, field, formProps } = useValidatedForm(editTaskAction, {
    name: editorName(id),
    loadSchema,
    onDone: onClose,
  })
  const { values } = state
  const [seen] = useState(
    () => opened && fingerprintsOf({ title: opened.title, description: opened.description ?? null }),
  )
  const { defaultValue: title = opened?.title, ...titleField } = field('title')
  const { defaultValue: description = opened?.description ?? '', ...descriptionField } = field('description')
  const conflicts = (task && values.conflicts?.split(' ')) ?? []
  const cancelFormId = `cancel-${id}`

  function conflictOf(text: 'title' | 'description') {
    if (!task || !conflicts.includes(text)) return null
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

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    // Typed text is discarded by "Cancel" alone. With an input method, Esc takes back a word.
    const isLeft = event.key === 'Escape' && !event.nativeEvent.isComposing
    if (isLeft && !hasChanges(event.currentTarget)) onClose()
    else sendByKey(event)
  }

  if (!opened && !hasFailed(state)) return null
  // TaskBoard already shows this failure above the list.
  const isShownAbove = !opened && state.message === TASK_FAILURES.TASK_NOT_FOUND.text
  return (
    <li>
      {hasFailed(state) && <FormTitle state={state}>{heading}</FormTitle>}
      <ActionForm {...formProps} onKeyDown={onKeyDown}>
        <HiddenFields
          fields={{
            id,
            ...place,
            seen_title: values.seen_title ?? seen?.title,
            seen_description: values.seen_description ?? seen?.description,
            conflicts: values.conflicts,
            saved_at: values.saved_at,
            restore: values.restore,
          }}
        />
        <div className="my-2 grid gap-4 rounded-xl bg-wash p-4">
          <FormErrors state={isShownAbove ? INITIAL_FORM_STATE : state} fields={['title', 'description']} />
          <TextField
            label="Title"
            dir="auto"
            autoFocus
            autoComplete="off"
            defaultValue={title}
            {...titleField}
            {...(conflicts.includes('title') && ALSO_CHANGED)}
            id={`title-${id}`}
          />
          {conflictOf('title')}
          <TextArea
            label="Description"
            dir="auto"
            rows={4}
            defaultValue={description}
            {...descriptionField}
            {...(conflicts.includes('description') && ALSO_CHANGED)}
            id={`description-${id}`}
          />
          {conflictOf('description')}
          <div className="flex flex-wrap gap-2">
            <SubmitButton pending={pending} pendingText="Saving…">
              {values.restore ? 'Restore and save' : 'Save'}
            </SubmitButton>
            <CancelButton form={cancelFormId} onCancel={onClose} />
            {task && (
              <LinkButton variant="plain" href={taskPathOf(id, place)}>
                All fields
              </LinkButton>
            )}
          </div>
        </div>
      </ActionForm>
      <CancelForm id={cancelFormId} path={pathOf(place)} />
    </li>
  )
}
