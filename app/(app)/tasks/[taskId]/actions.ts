'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { setChangedBatch, showChanged } from '#lib/http/changed-batch.ts'
import { err, ok } from '#lib/result.ts'
import { editFormSchema, failureOf } from '../edit-form-schema.ts'
import { returnPath } from '../return-path.ts'
import { saveEdit } from '../save-edit.ts'
import { changeTask, taskChangeSchema } from '../task-change.ts'
import { taskPathOfForm } from './task-path.ts'

/** Saves the form of a task's page, and returns to the list from which it was opened. */
export async function saveTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(taskPathOfForm(form), form)
  return runAction(actor, previous, form, editFormSchema, async ({ conflicts, ...edit }) => {
    const edited = await saveEdit(actor, edit, new Date())
    if (edited.ok) {
      if (edited.batchId !== null) await setChangedBatch(actor, { batchId: edited.batchId, focused: edit.id })
      redirect(returnPath(form.get('return_to')))
    }
    // The form shows the values that another request has saved.
    refresh()
    return err(failureOf(edited.error, conflicts))
  })
}

/** Completes, reopens or restores the task of a page. After a deletion it returns to the list. */
export async function changeOpenTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(taskPathOfForm(form), form)
  return runAction(actor, previous, form, taskChangeSchema, async (change) => {
    const changed = await changeTask(actor, change, new Date())
    if (!changed.ok) return changed
    if (change.change !== 'delete') return ok(await showChanged(actor, changed, taskPathOfForm(form)))
    if (changed.batchId !== null) await setChangedBatch(actor, { batchId: changed.batchId })
    redirect(returnPath(form.get('return_to')))
  })
}
