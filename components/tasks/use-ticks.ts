import { startTransition, useEffect, useState } from 'react'
import { tickTasksAction } from '#app/(app)/tasks/actions.ts'
import { usePageForms } from '#components/form/page-forms.tsx'
import { attempt } from '#components/form/use-form-sender.tsx'
import { withoutKeptText } from '#components/form/without-kept-text.ts'
import { type FormState, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import type { Tick } from '#lib/tasks/tick-tasks.ts'
import { CHANGES_FORM } from './task-changes.tsx'
import { makeTickQueue } from './tick-queue.ts'

/** Why a tick is taken back; `text` is for its row, and empty if the task is gone. */
export type TickFailure = { text: string }

/**
 * Saves ticks without one waiting for the other (docs/decisions/0066-nothing-waits-nothing-is-lost.md).
 * @param onAnswer gets what concerns the list: that a task is gone
 * @returns saves a tick; null if it is saved
 */
export function useTicks(onAnswer: (state: FormState) => void) {
  const userId = usePageForms().account?.userId
  const [queue] = useState(() =>
    makeTickQueue(async (ticks) => {
      const form = formOf(ticks)
      const answer = await attempt(() => tickTasksAction(null, form), form)
      const state = typeof answer === 'string' ? { ...INITIAL_FORM_STATE, message: answer } : answer
      startTransition(() => onAnswer({ ...state, message: state.errors[0]?.issue ?? null, errors: [] }))
      return withoutKeptText(state)
    }),
  )

  useEffect(() => {
    const leave = () => {
      for (const tick of queue.takeWaiting()) saveWhileLeaving(tick, userId)
    }
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [queue, userId])

  return async (tick: Tick): Promise<TickFailure | null> => {
    const { message, errors } = await queue.add(tick)
    if (message) return { text: message }
    return errors.some(({ field }) => field === tick.id) ? { text: '' } : null
  }
}

function formOf(ticks: Tick[]): FormData {
  const form = document.getElementById(CHANGES_FORM)
  const fields = new FormData(form instanceof HTMLFormElement ? form : undefined)
  for (const [name, isWanted] of [
    ['complete', true],
    ['reopen', false],
  ] as const) {
    const ids = ticks.filter(({ isCompleted }) => isCompleted === isWanted).map(({ id }) => id)
    fields.set(name, ids.join(' '))
  }
  return fields
}

/** The browser sends it after the page is gone. */
function saveWhileLeaving({ id, isCompleted }: Tick, userId: string | undefined): void {
  fetch(`/api/${userId}/tasks/${id}`, {
    method: 'PATCH',
    keepalive: true,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ is_completed: isCompleted }),
  }).catch(() => {})
}
