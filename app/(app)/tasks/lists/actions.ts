'use server'

import { z } from 'zod'
import { requireActor } from '#lib/auth/actor.ts'
import type { FormState } from '#lib/form-state.ts'
import { runAction } from '#lib/http/action.ts'
import { showChanged } from '#lib/http/changed-batch.ts'
import { ok } from '#lib/result.ts'
import { createList } from '#lib/tasks/lists/create-list.ts'
import { listNameSchema } from '#lib/tasks/lists/schema.ts'
import { updateList } from '#lib/tasks/lists/update-list.ts'
import { changeList, listChangeSchema } from './list-change.ts'

const PATH = '/tasks/lists'

const renameSchema = listNameSchema.extend({ id: z.string() })

export async function addListAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PATH, form)
  return runAction(actor, previous, form, listNameSchema, async (list) => {
    const created = await createList(actor, list, { now: new Date() })
    return created.ok ? ok(await showChanged(actor, created, PATH)) : created
  })
}

export async function renameListAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PATH, form)
  return runAction(actor, previous, form, renameSchema, async ({ id, name }) => {
    const renamed = await updateList(actor, id, { changes: { name }, now: new Date() })
    return renamed.ok ? ok(await showChanged(actor, renamed, PATH)) : renamed
  })
}

export async function changeListAction(previous: FormState | null, form: FormData): Promise<FormState> {
  const actor = await requireActor(PATH, form)
  return runAction(actor, previous, form, listChangeSchema, async (change) => {
    const changed = await changeList(actor, change, new Date())
    return changed.ok ? ok(await showChanged(actor, changed, PATH)) : changed
  })
}
