import { laterOf } from '../day.ts'
import { firstDay, nextTurn, type Turn } from './next-turn.ts'
import type { Repeat } from './repeat.ts'

type Preview = {
  repeat: Repeat
  /** Null begins on the first day of the rule. */
  dueOn: string | null
  /** Of a saved task whose repetition stays as it is; the first day if absent. */
  anchor?: string | null
  /** The day that it is for the user. */
  today: string
}

/** The due day and those that follow, if each task is completed on its day, or today if that has passed. */
export function previewDays({ repeat, dueOn, anchor, today }: Preview, count: number): string[] {
  const first = dueOn ?? firstDay(repeat.rule, today)
  const days: string[] = []
  let turn: Turn | null = first === null ? null : { ...repeat, dueOn: first, anchor: anchor ?? first }
  while (turn && days.length < count) {
    days.push(turn.dueOn)
    turn = nextTurn(turn, laterOf(turn.dueOn, today))
  }
  return days
}
