import { z } from 'zod'
import { plainText } from '#lib/text-schema.ts'
import { splitLines } from './quick/split-words.ts'
import type { SettableFields } from './task.ts'

const TITLE_MAX_LENGTH = 500
const DESCRIPTION_MAX_LENGTH = 5000

const titleText = plainText(TITLE_MAX_LENGTH)
const title = titleText.min(1, 'must not be empty')

const description = plainText(DESCRIPTION_MAX_LENGTH)
  .nullable()
  .transform((text) => text || null)

/** Other fields of a body are ignored and never stored. */
export const createTaskSchema = z.object({ title, description: description.optional() })

export const addTaskFormSchema = createTaskSchema.extend({ title: titleText.min(1, 'Enter a task.') })

export const editTaskFormSchema = z.object({ title: titleText.min(1, 'Enter a title.'), description })

/** One line, which is read as a task (lib/tasks/quick/). */
export const quickAddSchema = z.object({
  text: title.refine((text) => splitLines(text).length <= 1, 'must be one line'),
})

/** A task that is to be made. Fields that are undefined have no value. */
export type NewTask = Pick<SettableFields, 'title'> &
  Optional<SettableFields> & {
    /** A version 7 UUID that the client has made. */
    id?: string | undefined
  }
export type Optional<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined }

export type TaskChanges = Optional<SettableFields> & {
  isCompleted?: boolean | undefined
  /** The task of the same list to come after; null for the first place. */
  afterId?: string | null | undefined
}
