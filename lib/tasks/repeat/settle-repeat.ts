import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '#lib/result.ts'
import type { InvalidRepeat } from '../errors.ts'
import type { Task } from '../task.ts'
import { firstDay } from './next-turn.ts'
import { NO_REPEAT, type Repeat, type RepeatFields } from './repeat.ts'

type Settled = Partial<RepeatFields & Pick<Task, 'dueOn'>>

type RepeatChange = {
  /** Undefined keeps it. */
  repeat: Repeat | null | undefined
  /** The day that the task will have. */
  dueOn: string | null
  /** The day that it is for the user. */
  today: () => Promise<string>
}

/**
 * The fields that a change of repetition or day leads to. A repetition goes with the day, and one without a day begins on
 * the first day of its rule. It counts from the day that the task has when it is set, whatever day it moves to later.
 * @returns `INVALID_REPEAT` if the rule has no day to begin on
 */
export async function settleRepeat(
  task: RepeatFields,
  { repeat, dueOn, today }: RepeatChange,
): Promise<Result<Settled, InvalidRepeat>> {
  if (repeat === undefined) return ok(task.repeatRule !== null && dueOn === null ? NO_REPEAT : {})
  if (repeat === null) return ok(NO_REPEAT)
  const { rule, from } = repeat
  if (dueOn !== null && rule === task.repeatRule && from === task.repeatFrom) return ok({})
  const first = dueOn ?? firstDay(rule, await today())
  if (first === null) {
    const issue = 'has no day from today on'
    return err({ code: 'INVALID_REPEAT', details: [{ field: 'repeat.rule', issue }] })
  }
  const seriesId = task.seriesId ?? randomUUID()
  return ok({ dueOn: first, repeatRule: rule, repeatFrom: from, repeatAnchor: first, seriesId })
}
