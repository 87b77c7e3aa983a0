'use client'

import { ID_END } from '#app/(app)/tasks/order-field.ts'
import type { TaskChange } from '#app/(app)/tasks/task-change.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { formButton } from '#components/form/form-button.ts'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import type { TaskPlace } from './task-view.ts'

/** The id of the form. */
export const CHANGES_FORM = 'change'

type TaskChangesFormProps = {
  sender: FormSender
  place: TaskPlace
  /** Lets keys move tasks (components/keyboard/run-shortcut.ts). */
  canMove: boolean
  /** The ids of the tasks on the page. */
  order: string[]
}

/**
 * The form of all buttons that change one task. They name it, because a form cannot contain the rows: an editor in a row
 * is a form, too.
 */
export function TaskChangesForm({ sender, place, canMove, order }: TaskChangesFormProps) {
  return (
    <ActionForm sender={sender} id={CHANGES_FORM} hidden {...(canMove && { 'data-can-move': '' })}>
      <HiddenFields fields={place} />
      {/* Without JavaScript the server chooses which task has the focus next. */}
      <noscript>
        <HiddenFields fields={{ order: order.map((id) => id.slice(-ID_END)).join('') }} />
      </noscript>
    </ActionForm>
  )
}

/** The props of a button that changes a task. */
export function changeButton(
  change: { name: TaskChange; value: string },
  hooks: Parameters<typeof formButton>[1],
) {
  return formButton({ form: CHANGES_FORM, ...change }, hooks)
}
