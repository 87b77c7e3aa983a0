import { type FormEvent, useState } from 'react'

/** The fields that decide when a task is due next. */
const PREVIEWED = ['repeat', 'repeat_rule', 'repeat_from', 'due_on']

/**
 * When a repeating task is due next, while the user changes its form.
 * @param initial as the server has it
 * @param today the day that it is for the user
 */
export function useNextDays(initial: string, today: string) {
  const [nextDays, setNextDays] = useState(initial)

  async function preview({ currentTarget, target }: FormEvent<HTMLFormElement>) {
    if (!PREVIEWED.includes((target as HTMLInputElement).name)) return
    const form = new FormData(currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    const { previewRepeat } = await import('./preview-repeat.ts')
    const days = { rule: text('repeat_rule'), from: text('repeat_from'), dueOn: text('due_on') || null }
    setNextDays(previewRepeat({ ...days, repeat: text('repeat') }, today))
  }

  return { nextDays, preview }
}
