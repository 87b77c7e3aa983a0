import { z } from 'zod'
import { plainText } from '#lib/text-schema.ts'

const TITLE_MAX_LENGTH = 500
const DESCRIPTION_MAX_LENGTH = 5000

const titleText = plainText(TITLE_MAX_LENGTH)
const title = titleText.min(1, 'must not be empty')

/** Trimmed; an emptied description is none. */
const description = plainText(DESCRIPTION_MAX_LENGTH)
  .nullable()
  .transform((text) => text || null)

/** What a new task may say of itself: everything else in a body is ignored and never stored. */
export const createTaskSchema = z.object({ title, description: description.optional() })

/** Any of a task's own fields; the absent ones stay. */
export const updateTaskSchema = z.object({
  title: title.optional(),
  description: description.optional(),
  is_completed: z.boolean('must be true or false').optional(),
})

/** The page's form that adds a task. */
export const addTaskFormSchema = createTaskSchema.extend({ title: titleText.min(1, 'Enter a task.') })

/** The page's editor, which always sends both texts. */
export const editTaskFormSchema = z.object({ title: titleText.min(1, 'Enter a title.'), description })

export type CreateTask = z.output<typeof createTaskSchema>
export type UpdateTask = z.output<typeof updateTaskSchema>
