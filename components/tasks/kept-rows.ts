import type { Pin } from './place-rows.ts'

/** What stays in the list of one place. */
export type Kept = {
  path: string
  editors: Pin[]
  ticked: Pin[]
  /** The last closed editor, whose row takes the focus. */
  closedId?: string
}

/**
 * Another place keeps nothing. The state names its place because React may apply a tick after the next place is shown: while
 * the tick's answer is streaming, it shows the next place without that update, and its own reset does not outlast it.
 * @returns what stays in the place of `path`
 */
export function keptIn(path: string, kept: Kept): Kept {
  return kept.path === path ? kept : { path, editors: [], ticked: [] }
}
