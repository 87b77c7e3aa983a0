import { z } from 'zod'
import { plainText } from '#lib/text-schema.ts'
import { splitLines } from './quick/split-words.ts'
import type { SettableFields } from './task.ts'

const TITLE_MAX_LENGTH = 500
const DESCRIPTION_MAX_LENGTH = 5000
const MAX_LINES = 100
const MAX_IGNORED = 1000

const titleText = plainText(TITLE_MAX_LENGTH)
const title = titleText.min(1, 'must not be empty')

const description = plainText(DESCRIPTION_MAX_LENGTH)
  .nullable()
  .transform((text) => text || null)

/** Other fields of a body are ignored and never stored. */
export const createTaskSchema = z.object({ title, description: description.optional() })

/** The lines of the field "New task", and the texts of tokens that the user took back. */
export const addTaskFormSchema = z.object({
  title: z.string('must be text').transform((text, context) => {
    const lines = splitLines(text)
    const issue = findIssue(lines)
    if (issue) context.addIssue(issue)
    return lines
  }),
  ignored: z
    .string('must be text')
    .default('')
    .transform((text) => splitLines(text).slice(0, MAX_IGNORED)),
})

function findIssue(lines: string[]): string | undefined {
  if (lines.length === 0) return 'Enter a task.'
  if (lines.length > MAX_LINES) {
    return `These are ${lines.length} lines. Add up to ${MAX_LINES} at a time.`
  }
  for (const line of lines) {
    const issue = titleText.safeParse(line).error?.issues[0]?.message
    if (issue) return lines.length === 1 ? issue : `The line “${[...line].slice(0, 20).join('')}…” ${issue}.`
  }
}

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
