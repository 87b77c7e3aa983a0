import { z } from 'zod'
import type { Failure } from '#lib/failure.ts'
import type { EditClash } from '#lib/tasks/edit-task.ts'
import { fingerprint } from '#lib/tasks/fingerprint.ts'
import { editTaskFormSchema } from '#lib/tasks/schema.ts'

/**
 * All that the editor's form sends. `seen_…` are fingerprints of the texts that it showed: without one, any other saved
 * text is a clash. `use_saved_…` drops what was typed, `clash` names the texts of which both versions are shown.
 */
export const editFormSchema = editTaskFormSchema
  .extend({
    id: z.string(),
    seen_title: z.string().default(''),
    seen_description: z.string().default(''),
    use_saved_title: z.string().optional(),
    use_saved_description: z.string().optional(),
    clash: z.string().default(''),
    restore: z.string().optional(),
  })
  .transform(({ id, title, description, clash, restore, ...form }) => ({
    id,
    clash,
    restore: Boolean(restore),
    typed: {
      ...(!form.use_saved_title && { title }),
      ...(!form.use_saved_description && { description }),
    },
    seen: { title: form.seen_title, description: form.seen_description },
  }))

/** What the form holds when it comes back: the next "Save" counts the texts that are shown now as seen. */
export function fieldsAfterFailure(
  error: Failure<'TASK_NOT_FOUND'> | EditClash,
  clashBefore: string,
): Record<string, string> {
  if (error.code === 'TASK_NOT_FOUND') return { restore: 'true' }
  const { task, clashes } = error
  const seen = clashes.map((text) => [`seen_${text}`, fingerprint(text, task[text])])
  return {
    ...Object.fromEntries(seen),
    clash: [clashBefore, ...clashes].filter(Boolean).join(' '),
    saved_at: task.updatedAt.toISOString(),
    restore: '',
  }
}
