import { useEffect, useRef } from 'react'

type Pressed = { id: string; button: string; index: number }

/**
 * Keeps the focus in the lists: a row that moves in the page, or leaves it, loses that of its button.
 * @returns a ref for the element around all lists, and `remember`, which gets a list, the name of its button, and its index
 */
export function useListFocus() {
  const board = useRef<HTMLDivElement>(null)
  const pressed = useRef<Pressed>(undefined)

  useEffect(() => {
    if (!pressed.current || !board.current || document.activeElement !== document.body) return
    findNext(board.current, pressed.current)?.focus()
    pressed.current = undefined
  })

  const remember = (now: Pressed) => {
    pressed.current = now
  }
  return { board, remember }
}

/** The same button, another one of the same list, or the list that has its place. */
function findNext(board: HTMLElement, { id, button, index }: Pressed): HTMLElement | null {
  const buttons = [...board.querySelectorAll<HTMLButtonElement>('button:enabled')].filter(
    ({ value }) => value === id,
  )
  const rows = [...board.querySelectorAll('.list-row')]
  const neighbour = rows[Math.min(index, rows.length - 1)]
  return (
    buttons.find(({ name }) => name === button) ??
    buttons[0] ??
    (neighbour ?? board).querySelector<HTMLElement>(neighbour ? 'a' : 'input[name=name]')
  )
}
