'use server'

import { refresh } from 'next/cache'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { showChanged } from '#lib/http/changed-batch.ts'
import { err, ok } from '#lib/result.ts'
import { createQuickTasks } from '#lib/tasks/create-quick-tasks.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { TASK_FAILURES } from '#lib/tasks/errors.ts'
import { runBatch } from '#lib/tasks/run-batch.ts'
import { addTaskFormSchema } from '#lib/tasks/schema.ts'
import { tickTasks } from '#lib/tasks/tick-tasks.ts'
import { editFormSchema, failureOf } from './edit-form-schema.ts'
import { fieldsOfPlace } from './fields-of-place.ts'
import { withDetails } from './quota-details.ts'
import { saveEdit } from './save-edit.ts'
import { selectedChangeSchema, toOperations } from './selected-change.ts'
import { changeTask, taskChangeSchema } from './task-change.ts'
import { pathOfForm, readTaskQuery, tasksPath } from './task-query.ts'
import { ticksSchema } from './ticks-schema.ts'

export async function addTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(pathOfForm(form), form)
  return runAction(actor, previous, form, addTaskFormSchema, async ({ title: lines, ignored }) => {
    const now = new Date()
    const { query } = readTaskQuery(Object.fromEntries(form))
    const today = dayIn(actor.timeZone ?? 'UTC', now)
    const defaults = fieldsOfPlace(query, today)
    const created = await createQuickTasks(actor, { lines, ignored, defaults }, { today, now })
    if (!created.ok) return err(withDetails(created.error))
    return ok(await showChanged(actor, created, tasksPath(query)))
  })
}

export async function changeTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(pathOfForm(form), form)
  return runAction(actor, previous, form, taskChangeSchema, async (change) => {
    const changed = await changeTask(actor, change, new Date())
    if (!changed.ok) return changed
    return ok(await showChanged(actor, { ...changed, ...change }, pathOfForm(form)))
  })
}

/** Several ticks of a page with JavaScript. The errors are named by the ids of tasks that are gone. */
export async function tickTasksAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(pathOfForm(form), form)
  return runAction(actor, previous, form, ticksSchema, async (ticks) => {
    const ticked = await tickTasks(actor, ticks, { now: new Date() })
    if (!ticked.ok) return ticked
    await showChanged(actor, ticked, pathOfForm(form))
    const details = ticked.value.map((id) => ({ field: id, issue: TASK_FAILURES.TASK_NOT_FOUND.text }))
    return details.length === 0 ? ok(ticked) : err({ code: 'TASK_NOT_FOUND', details })
  })
}

export async function editTaskAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(pathOfForm(form), form)
  return runAction(actor, previous, form, editFormSchema, async ({ conflicts, ...edit }) => {
    const edited = await saveEdit(actor, edit, new Date())
    if (edited.ok) return ok(await showChanged(actor, { ...edited, focused: edit.id }, pathOfForm(form)))
    // The editor shows the texts that another request has saved.
    refresh()
    return err(failureOf(edited.error, conflicts))
  })
}

export async function changeSelectedAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(pathOfForm(form, { select: '' }), form)
  return runAction(actor, previous, form, selectedChangeSchema, async (change) => {
    const now = new Date()
    const operations = toOperations(change, dayIn(actor.timeZone ?? 'UTC', now))
    const changed = await runBatch(actor, operations, { now })
    if (!changed.ok) return err(changed.error.refusal)
    return ok(await showChanged(actor, changed, pathOfForm(form)))
  })
}
