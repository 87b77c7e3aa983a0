import type { Repeat } from '../repeat/repeat.ts'
import type { Rule } from '../repeat/rule.ts'

type Values = {
  list: string
  label: string
  priority: number
  dueOn: string
  dueTime: string
  startOn: string
}

export type Token =
  | { [Kind in keyof Values]: { kind: Kind; value: Values[Kind] } }[keyof Values]
  | { kind: 'repeat'; value: Repeat; rule: Rule }

/** A part of the line that is read, from `start` to before `end` as `slice` counts. */
type PlacedToken = Token & { start: number; end: number }

/** A task as one line describes it. */
export type QuickTask = {
  title: string
  /** Null is the Inbox. */
  list: string | null
  labels: string[]
  priority: number
  dueOn: string | null
  dueTime: string | null
  startOn: string | null
  repeat: Repeat | null
  /** In their order. */
  tokens: PlacedToken[]
}
