import { MAX_TICKS } from '#app/(app)/tasks/max-ticks.ts'
import type { Tick } from '#lib/tasks/tick-tasks.ts'

type Waiting<Answer> = { tick: Tick; resolve: (answer: Promise<Answer>) => void; answer: Promise<Answer> }

/**
 * Sends ticks one request at a time, because the router runs actions one after the other: what is ticked while one is
 * under way goes together with the next. Of several waiting ticks of one task, the last one counts.
 */
export function makeTickQueue<Answer>(send: (ticks: Tick[]) => Promise<Answer>) {
  let waiting = new Map<string, Waiting<Answer>>()
  let isSending = false

  async function sendWaiting() {
    if (isSending) return
    isSending = true
    while (waiting.size > 0) {
      const all = [...waiting]
      waiting = new Map(all.slice(MAX_TICKS))
      const sent = all.slice(0, MAX_TICKS).map(([, one]) => one)
      const answer = send(sent.map(({ tick }) => tick))
      for (const { resolve } of sent) resolve(answer)
      await answer.catch(() => {})
    }
    isSending = false
  }

  return {
    /** @returns the answer to the request that contains this tick, or a later one of the same task */
    add(tick: Tick): Promise<Answer> {
      const { resolve, answer } = waiting.get(tick.id) ?? makeAnswer<Answer>()
      waiting.set(tick.id, { tick, resolve, answer })
      void sendWaiting()
      return answer
    },
    /** What is not sent yet, for a page that is being left. No answer follows. */
    takeWaiting(): Tick[] {
      const ticks = [...waiting.values()].map(({ tick }) => tick)
      waiting = new Map()
      return ticks
    },
  }
}

function makeAnswer<Answer>() {
  let resolve: (answer: Promise<Answer>) => void = () => {}
  const answer = new Promise<Answer>((settle) => {
    resolve = settle
  })
  return { resolve, answer }
}
