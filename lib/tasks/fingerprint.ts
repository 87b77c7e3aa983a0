import { createHash } from 'node:crypto'
import type { Task } from './task.ts'

/** The texts of a task that an editor changes. */
export const TASK_TEXTS = ['title', 'description'] as const
export type TaskText = (typeof TASK_TEXTS)[number]

/** 96 bits: a short name for a text of up to 5,000 characters. */
const LENGTH = 16

/** A text as its form field holds it: a line drops line breaks, a text area has one kind of them (HTML, 4.10.5 and 4.10.11). */
const IN_FIELD: Record<TaskText, (text: string) => string> = {
  title: (text) => text.replace(/[\r\n]/g, ''),
  description: (text) => text.replace(/\r\n?/g, '\n'),
}

/** Names a text, so that an editor can send what it showed without sending it whole. No description counts as an empty one. */
export function fingerprint(field: TaskText, text: string | null | undefined): string {
  return createHash('sha256')
    .update(IN_FIELD[field](text ?? ''))
    .digest('base64url')
    .slice(0, LENGTH)
}

export function fingerprintsOf({ title, description }: Pick<Task, TaskText>): Record<TaskText, string> {
  return { title: fingerprint('title', title), description: fingerprint('description', description) }
}
