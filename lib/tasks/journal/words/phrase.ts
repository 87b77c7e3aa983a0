import type { Names } from '../names-of.ts'

/** A text in which names, such as titles, are apart: a page isolates their direction. */
export type Phrase = (string | { name: string })[]

export type Vocabulary = {
  /** Of tasks and lists, by their ids. */
  names: Names
  /** The day that it is for the user. */
  today: string
}

/** “name”. Null is a task or a list that is no longer kept. */
export function quote(name: string | null | undefined, missing = 'something that is no longer kept'): Phrase {
  return name ? ['“', { name }, '”'] : [missing]
}

export function join(parts: readonly Phrase[]): Phrase {
  return parts.flatMap((part, index) => {
    if (index === 0) return part
    return [index === parts.length - 1 ? ' and ' : ', ', ...part]
  })
}

/** Without a quotation's structure, for tests and plain texts. */
export function toText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : part.name)).join('')
}
