import { createHash } from 'node:crypto'
import type { Task } from './task.ts'

export const TASK_TEXTS = ['title', 'description'] as const
export type TaskText = (typeof TASK_TEXTS)[number]

const LENGTH = 16

/** Browsers change line breaks: `<input>` drops them, `<textarea>` sends one kind (HTML, 4.10.5 and 4.10.11). */
const IN_FIELD: Record<TaskText, (text: string) => string> = {
  title: (text) => text.replace(/[\r\n]/g, ''),
  description: (text) => text.replace(/\r\n?/g, '\n'),
}

/** Hashes a text, so that an editor can send what it showed without repeating it. Null counts as empty. */
export function fingerprint(field: TaskText, text: string | null | undefined): string {
  return createHash('sha256')
    .update(IN_FIELD[field](text ?? ''))
    .digest('base64url')
    .slice(0, LENGTH)
}

export function fingerprintsOf({ title, description }: Pick<Task, TaskText>): Record<TaskText, string> {
  return { title: fingerprint('title', title), description: fingerprint('description', description) }
}
