import { joinLabels } from './label-list.ts'
import type { SettableFields } from './task.ts'

/** The fields that forms edit. */
export const EDITED_FIELDS = [
  ...(['title', 'description', 'listId', 'dueOn', 'dueTime', 'dueZone'] as const),
  ...(['startOn', 'priority', 'labels', 'repeat'] as const),
] satisfies (keyof SettableFields)[]
export type EditedField = keyof SettableFields

/** Browsers change line breaks: `<input>` drops them, `<textarea>` sends one kind (HTML, 4.10.5 and 4.10.11). */
const IN_FIELD: Partial<Record<EditedField, (text: string) => string>> = {
  title: (text) => text.replace(/[\r\n]/g, ''),
  description: (text) => text.replace(/\r\n?/g, '\n'),
  labels: (text) => text.replace(/[\r\n]/g, ''),
}

const OFFSET = 0xcbf29ce484222325n
const PRIME = 0x00000100000001b3n

/**
 * Hashes a value by FNV-1a with 64 bits (RFC 9923), so that an editor can send what it showed without repeating it. The
 * browser computes the same, so no page has to contain it. Null counts as empty.
 */
export function fingerprint(field: EditedField, value: unknown): string {
  const text = fieldText(value)
  let hash = OFFSET
  for (const byte of new TextEncoder().encode(IN_FIELD[field]?.(text) ?? text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME)
  }
  return hash.toString(36)
}

/** A value as a text field shows it. A repetition has two fields. */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return joinLabels(value)
  return typeof value === 'object' ? Object.values(value).join(' ') : String(value)
}

export type Fingerprints = Partial<Record<EditedField, string>>

export function fingerprintsOf(values: Partial<SettableFields>): Fingerprints {
  const entries = EDITED_FIELDS.flatMap((field) =>
    field in values ? [[field, fingerprint(field, values[field])]] : [],
  )
  return Object.fromEntries(entries)
}
