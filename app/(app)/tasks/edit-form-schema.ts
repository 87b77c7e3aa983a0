import { z } from 'zod'
import type { TextConflict } from '#lib/tasks/edit-task.ts'
import type { TaskRefusal, VersionMismatch } from '#lib/tasks/errors.ts'
import { fingerprint } from '#lib/tasks/fingerprint.ts'
import { editTaskFormSchema } from '#lib/tasks/schema.ts'

/**
 * The fields of the editor's form. `seen_…` are fingerprints of the texts that the form showed; without one, any other
 * saved text is a conflict. `use_saved_…` discards the typed text, `conflicts` lists the texts shown in both versions.
 */
export const editFormSchema = editTaskFormSchema
  .extend({
    id: z.string(),
    seen_title: z.string().default(''),
    seen_description: z.string().default(''),
    use_saved_title: z.string().optional(),
    use_saved_description: z.string().optional(),
    conflicts: z.string().default(''),
    restore: z.string().optional(),
  })
  .transform(({ id, title, description, conflicts, restore, ...form }) => ({
    id,
    conflicts,
    restore: Boolean(restore),
    typed: {
      ...(!form.use_saved_title && { title }),
      ...(!form.use_saved_description && { description }),
    },
    seen: { title: form.seen_title, description: form.seen_description },
  }))

/** The fields that change after a failure: the next "Save" treats the saved texts in conflict as seen. */
export function fieldsAfterFailure(
  error: Exclude<TaskRefusal, VersionMismatch> | TextConflict,
  earlierConflicts: string,
): Record<string, string> {
  if (error.code !== 'VERSION_MISMATCH') return { restore: 'true' }
  const { task, conflicts } = error
  const seen = conflicts.map((text) => [`seen_${text}`, fingerprint(text, task[text])])
  return {
    ...Object.fromEntries(seen),
    conflicts: [earlierConflicts, ...conflicts].filter(Boolean).join(' '),
    saved_at: task.updatedAt.toISOString(),
    restore: '',
  }
}
