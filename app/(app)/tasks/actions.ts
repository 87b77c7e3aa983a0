'use server'

import { refresh } from 'next/cache'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { showChanged } from '#lib/http/changed-batch.ts'
import { err, ok } from '#lib/result.ts'
import { createTask } from '#lib/tasks/create-task.ts'
import { editTask } from '#lib/tasks/edit-task.ts'
import { restoreTask } from '#lib/tasks/restore-task.ts'
import { addTaskFormSchema } from '#lib/tasks/schema.ts'
import { editFormSchema, fieldsAfterFailure } from './edit-form-schema.ts'
import { changeTask, taskChangeSchema } from './task-change.ts'

export async function addTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, addTaskFormSchema, async (task) => {
    const created = await createTask(actor, task, { now: new Date() })
    if (!created.ok) return created
    return ok(await showChanged(actor, created, '/tasks'))
  })
}

export async function changeTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, taskChangeSchema, async (change) => {
    const changed = await changeTask(actor, change, new Date())
    if (!changed.ok) return changed
    return ok(await showChanged(actor, { ...changed, ...change }, listPage(form)))
  })
}

export async function editTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, editFormSchema, async ({ id, restore, conflicts, ...edit }) => {
    const now = new Date()
    const restored = restore ? await restoreTask(actor, id, { now }) : ok(null)
    if (!restored.ok) return restored
    const edited = await editTask(actor, id, { ...edit, now })
    if (edited.ok) return ok(await showChanged(actor, { ...edited, focused: id }, listPage(form)))
    // The editor shows the texts that another request has saved.
    refresh()
    return err({ code: edited.error.code, fields: fieldsAfterFailure(edited.error, conflicts) })
  })
}

/** The part of the task list that the form is on. */
function listPage(form: FormData): string {
  const part = ['cursor', 'limit'].flatMap((name) => {
    const value = form.get(name)
    return typeof value === 'string' && value ? [[name, value]] : []
  })
  const query = new URLSearchParams(part)
  return query.size > 0 ? `/tasks?${query}` : '/tasks'
}
