import { type FormEvent, useState } from 'react'
import { findUnfinished } from '#components/form/find-unfinished.ts'
import type { SavedRepeat } from './preview-repeat.ts'

/** The fields that decide when a task is due next. */
const PREVIEWED = ['repeat', 'repeat_rule', 'repeat_from', 'due_on']

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
    if (!PREVIEWED.includes((target as HTMLInputElement).name)) return
    const { previewRepeat } = await import('./preview-repeat.ts')
    // After the choice has enabled or disabled the field of the rule.
    const form = new FormData(currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    const isUnfinished = findUnfinished(currentTarget).some(({ field }) => field === 'due_on')
    const days = { rule: text('repeat_rule'), from: text('repeat_from'), dueOn: text('due_on') || null }
    setNextDays(isUnfinished ? '' : previewRepeat({ ...days, repeat: text('repeat') }, saved, today))
  }

  return { nextDays, preview }
}
