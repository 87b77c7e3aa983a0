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
 * Another place keeps nothing. The state names its place because React may apply a tick after the next place is shown:
 * while the tick's answer is streaming, it shows the next place without that update, and the reset of that place does
 * not outlast it.
 * @returns what stays in the place of `path`
 */
export function keptIn(path: string, kept: Kept): Kept {
  return kept.path === path ? kept : { path, editors: [], ticked: [] }
}

export function keepTicked(path: string, kept: Kept, pin: Pin): Kept {
  const here = keptIn(path, kept)
  return here.ticked.some(({ id }) => id === pin.id) ? here : { ...here, ticked: [...here.ticked, pin] }
}

export function openEditor(path: string, kept: Kept, pin: Pin): Kept {
  const here = keptIn(path, kept)
  return { ...here, editors: [...here.editors, pin] }
}

/** Comes with the answer of the server, when the page may show another place. */
export function forgetTicked(path: string, kept: Kept, id: string): Kept {
  return kept.path === path ? { ...kept, ticked: without(kept.ticked, id) } : kept
}

/** After a save it comes with the answer, too. */
export function closeEditor(path: string, kept: Kept, id: string): Kept {
  return kept.path === path ? { ...kept, editors: without(kept.editors, id), closedId: id } : kept
}

function without(pins: Pin[], id: string): Pin[] {
  return pins.filter((pin) => pin.id !== id)
}
