import { type FormEvent, useState } from 'react'
import { REPEAT_FIELDS } from '#app/(app)/tasks/edit-field-names.ts'
import { findUnfinished } from '#components/form/find-unfinished.ts'
import type { RepeatValues, SavedRepeat } from './preview-repeat.ts'

type NextDays = {
  /** As the server has it. */
  initial: string
  saved: SavedRepeat
  /** The day that it is for the user. */
  today: string
}

/** When a repeating task is due next, while the user changes its form. */
export function useNextDays({ initial, saved, today }: NextDays) {
  const [nextDays, setNextDays] = useState(initial)

  async function preview({ currentTarget, target }: FormEvent<HTMLFormElement>) {
    if (!isPreviewed((target as HTMLInputElement).name)) return
    const { previewRepeat } = await import('./preview-repeat.ts')
    // After the choice has enabled or disabled the field of the rule.
    const form = new FormData(currentTarget)
    const isUnfinished = findUnfinished(currentTarget).some(({ field }) => isPreviewed(field))
    const values = Object.fromEntries(
      ([...REPEAT_FIELDS, 'due_on'] as const).map((name) => [name, String(form.get(name) ?? '')]),
    ) as RepeatValues
    setNextDays(isUnfinished ? '' : previewRepeat(values, saved, today))
  }

  return { nextDays, preview }
}

function isPreviewed(name: string): boolean {
  return name === 'due_on' || REPEAT_FIELDS.some((field) => field === name)
}
