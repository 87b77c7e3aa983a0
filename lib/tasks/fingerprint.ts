export const TASK_TEXTS = ['title', 'description'] as const
export type TaskText = (typeof TASK_TEXTS)[number]

/** Browsers change line breaks: `<input>` drops them, `<textarea>` sends one kind (HTML, 4.10.5 and 4.10.11). */
const IN_FIELD: Record<TaskText, (text: string) => string> = {
  title: (text) => text.replace(/[\r\n]/g, ''),
  description: (text) => text.replace(/\r\n?/g, '\n'),
}

const OFFSET = 0xcbf29ce484222325n
const PRIME = 0x00000100000001b3n

/**
 * Hashes a text by FNV-1a with 64 bits (RFC 9923), so that an editor can send what it showed without repeating it. The
 * browser computes the same, so no page has to contain it. Null counts as empty.
 */
export function fingerprint(field: TaskText, text: string | null | undefined): string {
  let hash = OFFSET
  for (const byte of new TextEncoder().encode(IN_FIELD[field](text ?? ''))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME)
  }
  return hash.toString(36)
}

type Texts = { title: string; description?: string | null }

export function fingerprintsOf({ title, description }: Texts): Record<TaskText, string> {
  return { title: fingerprint('title', title), description: fingerprint('description', description) }
}
