import type { Undone } from '../undo-batch.ts'
import type { SkipReason } from '../undo-change.ts'
import { listFields, namedFields, withoutPartsOfDue } from './field-words.ts'

type Skip = { reason: SkipReason; count: number; fields: string[] }

/** What an undo left as it is, by reason: how many tasks and lists, and which of their fields. */
export type Skips = Skip[]

export function groupSkips(skipped: Undone['skipped']): Skips {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))]
  return reasons.map((reason) => {
    const same = skipped.filter((skip) => skip.reason === reason)
    return { reason, count: same.length, fields: [...new Set(same.flatMap(({ fields }) => fields))] }
  })
}

const SENTENCES: Record<SkipReason, (skip: Skip) => string> = {
  changed_since: ({ count, fields }) => {
    if (count > 1) return `${count} were changed later, so they stay as they are.`
    const named = withoutPartsOfDue(namedFields(fields))
    if (named.length === 0) return 'It was changed later, so it stays as it is.'
    const isPlural = named.length > 1 || named[0] === 'labels'
    return `${capitalise(listFields(named))} ${isPlural ? 'were changed later, so they stay' : 'was changed later, so it stays'}.`
  },
  list_deleted: ({ count }) => (count === 1 ? 'Its list is deleted.' : `${count} were in a deleted list.`),
  list_in_use: () => 'The list has tasks, so it stays.',
  purged: ({ count }) => `${count === 1 ? 'It is' : `${count} are`} deleted for good.`,
}

/** One sentence for each reason. */
export function describeSkips(skips: Skips): string[] {
  return skips.map((skip) => SENTENCES[skip.reason](skip))
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
