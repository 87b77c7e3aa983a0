'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction, showFresh } from '#lib/http/action.ts'
import { err, ok } from '#lib/result.ts'
import { createTask } from '#lib/tasks/create-task.ts'
import { deleteTask } from '#lib/tasks/delete-task.ts'
import { editTask } from '#lib/tasks/edit-task.ts'
import { restoreTask } from '#lib/tasks/restore-task.ts'
import { addTaskFormSchema } from '#lib/tasks/schema.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { editFormSchema, fieldsAfterFailure } from './edit-form-schema.ts'

const oneTask = z.object({ id: z.string() })
const completion = oneTask.extend({ completed: z.enum(['true', 'false']) })

export async function addTaskAction(previous: FormState, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, addTaskFormSchema, async (task) => {
    await createTask(actor, task)
    return ok(await showFresh('/tasks'))
  })
}

export async function completeTaskAction(previous: FormState, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, completion, async ({ id, completed }) => {
    const updated = await updateTask(actor, id, {
      changes: { isCompleted: completed === 'true' },
      now: new Date(),
    })
    return updated.ok ? ok(await showFresh(listPage(form))) : updated
  })
}

export async function editTaskAction(previous: FormState, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, editFormSchema, async ({ id, restore, conflicts, ...edit }) => {
    const restored = restore ? await restoreTask(actor, id) : ok(null)
    if (!restored.ok) return restored
    const edited = await editTask(actor, id, { ...edit, now: new Date() })
    if (edited.ok) return ok(await showFresh(listPage(form)))
    // The editor shows the texts that another request has saved.
    refresh()
    return err({ code: edited.error.code, fields: fieldsAfterFailure(edited.error, conflicts) })
  })
}

export async function deleteTaskAction(previous: FormState, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, oneTask, async ({ id }) => {
    const deleted = await deleteTask(actor, id, { now: new Date() })
    return deleted.ok ? ok(await showFresh(listPage(form, { deleted: id }))) : deleted
  })
}

export async function restoreTaskAction(previous: FormState, form: FormData): Promise<FormState> {
  const actor = await requireActor('/tasks', form)
  return runAction(actor, previous, form, oneTask, async ({ id }) => {
    const restored = await restoreTask(actor, id)
    return restored.ok ? ok(await showFresh(listPage(form))) : restored
  })
}

/** The page of the task list that the form is on. */
function listPage(form: FormData, also: Record<string, string> = {}): string {
  const cursor = form.get('cursor')
  const query = new URLSearchParams({ ...(typeof cursor === 'string' && cursor && { cursor }), ...also })
  return query.size > 0 ? `/tasks?${query}` : '/tasks'
}
