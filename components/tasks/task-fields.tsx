'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { saveTaskAction } from '#app/(app)/tasks/[taskId]/actions.ts'
import { FIELD_NAMES } from '#app/(app)/tasks/edit-field-names.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { hasChanges } from '#components/form/has-changes.ts'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { sendByKey } from '#components/form/send-by-key.ts'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { type Options, SelectField } from '#components/ui/select-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.tsx'
import { hasFailed } from '#lib/form-state.ts'
import { EDITED_FIELDS, type EditedField, fieldText, fingerprintsOf } from '#lib/tasks/fingerprint.ts'
import type { SplitRepeat } from '#lib/tasks/repeat/split-repeat.ts'
import type { SettableFields, Task } from '#lib/tasks/task.ts'
import { timeZoneOptions } from '#lib/time-zone-names.ts'
import { CancelButton } from './cancel-edit.tsx'
import { describeSaved } from './describe-saved.ts'
import { editorName } from './edit-task-form.tsx'
import { FieldConflicts } from './field-conflicts.tsx'
import { RepeatFields } from './repeat-fields.tsx'
import { PRIORITIES } from './task-options.ts'
import { useNextDays } from './use-next-days.ts'

export type TaskFieldsProps = {
  task: SettableFields & Pick<Task, 'id' | 'version' | 'repeatAnchor'>
  /** In English; null if the task does not repeat. */
  repeatText: string | null
  repeat: SplitRepeat | null
  /** Shows the form only if the user has typed something. */
  isDeleted: boolean
  /** "Inbox" and the lists. */
  lists: Options
  timeZones: string[]
  /** When a repeating task is due next (previewRepeat). */
  nextDays: string
  /** The server's clock, ISO 8601. */
  now: string
  /** The day that it is for the user. */
  today: string
  /** The list that the page was opened from. */
  from: string
  /** The task has another version, and the user has typed nothing. */
  onOutdated: () => void
}

const loadSchema = async () => (await import('#app/(app)/tasks/edit-form-schema.ts')).editFormSchema
/** The id of the form that "Cancel" sends. */
export const CANCEL_FORM = 'cancel'
const ALSO_CHANGED = 'Also changed in another window'

/** Every field of a task. It sends what the user changed, as the editor of the list does. */
export function TaskFields({ task, ...page }: TaskFieldsProps) {
  const { push } = useRouter()
  const { repeatText, isDeleted, lists, timeZones, now, today, from } = page
  const { state, pending, field, formProps } = useValidatedForm(saveTaskAction, {
    name: editorName(task.id),
    loadSchema,
  })
  const { values } = state
  const [opened] = useState(task)
  const [openedRepeat] = useState(page.repeat)
  const [seen] = useState(() => fingerprintsOf(task))
  const saved = task.repeat && { ...task.repeat, anchor: task.repeatAnchor }
  const { nextDays, preview } = useNextDays({ initial: page.nextDays, saved, today })
  // Without JavaScript, the browser itself refuses a date or a time that is half typed.
  const isHydrated = useHydrated()
  const isFailed = hasFailed(state)
  // Text that came back counts as well.
  const [isTyped, setTyped] = useState(state.attempt > 0)

  useEffect(() => {
    const form = document.forms.namedItem(editorName(task.id))
    if (task.version !== opened.version && !isFailed && form && !hasChanges(form)) page.onOutdated()
  })

  const conflicts = isDeleted ? [] : (values.conflicts?.split(' ') ?? [])

  function control(name: EditedField, value = fieldText(opened[name])) {
    const { defaultValue = value, ...rest } = field(FIELD_NAMES[name])
    return { ...rest, defaultValue, ...(conflicts.includes(FIELD_NAMES[name]) && { hint: ALSO_CHANGED }) }
  }

  const conflictOf = (...names: EditedField[]) => (
    <FieldConflicts
      names={names.filter((name) => conflicts.includes(FIELD_NAMES[name]))}
      values={values}
      toWords={(name) => describeSaved(name, task, { lists, repeatText, now })}
      now={now}
    />
  )

  const title = <FormTitle state={state}>{task.title}</FormTitle>
  if (isDeleted && !isFailed && !isTyped) return title
  const dueZone = control('dueZone')
  return (
    <>
      {title}
      <ActionForm
        {...formProps}
        noValidate={isHydrated}
        onInput={() => setTyped(true)}
        onChange={preview}
        onKeyDown={sendByKey}
        className="grid grid-cols-1 gap-5"
      >
        <HiddenFields
          fields={{
            id: task.id,
            return_to: from,
            conflicts: values.conflicts,
            saved_at: values.saved_at,
            restore: values.restore,
            ...Object.fromEntries(
              EDITED_FIELDS.map((name) => {
                const seenName = `seen_${FIELD_NAMES[name]}`
                return [seenName, values[seenName] ?? seen[name]]
              }),
            ),
          }}
        />
        <FormErrors
          state={state}
          fields={[...Object.values(FIELD_NAMES), 'repeat_rule', 'repeat_interval', 'repeat_until']}
        />
        <div className="grid grid-cols-1 gap-3">
          <TextField label="Title" autoComplete="off" dir="auto" {...control('title')} name="title" />
          {conflictOf('title')}
        </div>
        <div className="grid grid-cols-1 gap-3">
          <TextArea label="Description" dir="auto" {...control('description')} name="description" />
          {conflictOf('description')}
        </div>
        <div className="task-fields">
          <SelectField label="List" options={lists} {...control('listId')} />
          <SelectField label="Priority" options={PRIORITIES} {...control('priority')} />
          {conflictOf('listId', 'priority')}
          <TextField label="Due" type="date" {...control('dueOn')} name="due_on" />
          <TextField label="Time" type="time" {...control('dueTime')} name="due_time" />
          {conflictOf('dueOn', 'dueTime')}
          <details open={dueZone.defaultValue !== '' || dueZone.error !== undefined || undefined}>
            <summary>Time zone</summary>
            <SelectField
              label="Time zone"
              options={[['', 'Wherever I am'], ...timeZoneOptions(timeZones)]}
              {...dueZone}
            />
          </details>
          {conflictOf('dueZone')}
          <RepeatFields
            opened={openedRepeat}
            values={values}
            repeat={control('repeat', openedRepeat?.rule ?? '')}
            field={field}
            nextDays={nextDays}
            conflict={conflictOf('repeat')}
          />
          <TextField label="Start" type="date" {...control('startOn')} name="start_on" />
          <TextField
            label="Labels"
            autoComplete="off"
            placeholder="home, phone"
            dir="auto"
            {...control('labels')}
            name="labels"
          />
          {conflictOf('startOn', 'labels')}
        </div>
        <div className="flex flex-wrap gap-2">
          <SubmitButton pending={pending} pendingText="Saving…">
            {values.restore ? 'Restore and save' : 'Save'}
          </SubmitButton>
          <CancelButton form={CANCEL_FORM} onCancel={() => push(from)} />
        </div>
      </ActionForm>
    </>
  )
}
