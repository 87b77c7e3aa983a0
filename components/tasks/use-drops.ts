import { useEffect, useEffectEvent, useOptimistic } from 'react'
import { hasFinePointer } from '#components/browser/optional-apis.ts'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { type Drop, type Over, planDrop } from './plan-drop.ts'
import { CHANGES_FORM } from './task-changes.tsx'
import type { TaskGroup, TaskPlace } from './task-view.ts'

type DropOptions = { place: TaskPlace; canMove: boolean; sender: FormSender }

/** Lets a mouse move the tasks of the page. @returns the tasks as they are after a drop that is being saved */
export function useDrops(groups: TaskGroup[], { sender, ...page }: DropOptions): TaskGroup[] {
  const [shown, show] = useOptimistic(groups, (_, dropped: TaskGroup[]) => dropped)
  const plan = useEffectEvent((taskId: string, over: Over) => planDrop(shown, taskId, over, page))
  const onDrop = useEffectEvent((taskId: string, { fields, groups }: Drop) => {
    const form = document.getElementById(CHANGES_FORM)
    if (!(form instanceof HTMLFormElement)) return
    const sent = new FormData(form)
    for (const [name, value] of Object.entries({ move: taskId, ...fields })) sent.set(name, value)
    sender.send(sent, { optimistically: () => show(groups) })
  })

  useEffect(() => {
    if (!hasFinePointer()) return
    const ended = new AbortController()
    const { signal } = ended
    async function load() {
      const script = await import('./follow-drags.ts').catch(() => null)
      // Offline, tasks cannot be moved anyway.
      if (!script) return window.addEventListener('online', load, { once: true, signal })
      script.followDrags({
        plan: (taskId, over) => plan(taskId, over),
        onDrop: (taskId, drop) => onDrop(taskId, drop),
        signal,
      })
    }
    document.addEventListener('pointermove', load, { once: true, signal })
    return () => ended.abort()
  }, [])

  return shown
}
