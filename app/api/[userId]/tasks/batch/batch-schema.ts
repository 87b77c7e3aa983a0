import { z } from 'zod'
import { newTaskBodySchema, toNewTask } from '#lib/tasks/body-schema.ts'
import type { Operation } from '#lib/tasks/run-batch.ts'
import { toTaskChanges, updateBodySchema } from '../[taskId]/update-schema.ts'

const MAX_OPERATIONS = 100
const VERSION = 'must be the version of a task'

const onTask = z.object({
  id: z.string('must be the id of a task'),
  version: z
    .int(VERSION)
    .positive(VERSION)
    .transform((version) => [version])
    .optional(),
})

const operation = z.discriminatedUnion(
  'op',
  [
    newTaskBodySchema
      .extend({ op: z.literal('create') })
      .transform(({ op, ...body }): Operation => ({ op, task: toNewTask(body) })),
    updateBodySchema.extend({ op: z.literal('update'), ...onTask.shape }).transform(
      ({ op, id, version: versions, ...body }): Operation => ({
        op,
        id,
        versions,
        changes: toTaskChanges(body),
      }),
    ),
    onTask.extend({ op: z.literal('complete') }).transform(
      ({ id, version: versions }): Operation => ({
        op: 'update',
        id,
        versions,
        changes: { isCompleted: true },
      }),
    ),
    onTask
      .extend({ op: z.literal('delete') })
      .transform(({ op, id, version: versions }): Operation => ({ op, id, versions })),
  ],
  'must be create, update, complete or delete',
)

const issue = `must be a list of 1 to ${MAX_OPERATIONS} operations`

export const batchSchema = z.object({
  operations: z.array(operation, issue).min(1, issue).max(MAX_OPERATIONS, issue),
})
