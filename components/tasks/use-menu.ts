import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'

/**
 * Closes a menu by Esc, by a link to what the page shows, when the page shows something else, and when the focus leaves.
 * @param shown what the page shows
 * @returns a ref for the menu, and handlers for it or an element around it
 */
export function useMenu(shown: string | undefined) {
  const menu = useRef<HTMLDetailsElement>(null)

  /** Returns the focus to the summary, because the element that has it is hidden now. */
  function close() {
    if (!menu.current?.open) return
    menu.current.open = false
    menu.current.querySelector('summary')?.focus()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: closes the menu when this value changes
  useEffect(() => close, [shown])

  const handlers = {
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close()
    },
    onClick: ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('a[aria-current]')) close()
    },
    // Safari focuses no link that is clicked, so a focus that goes nowhere leaves the menu open for the click.
    onBlur: ({ relatedTarget, currentTarget }: FocusEvent) => {
      if (menu.current && relatedTarget && !currentTarget.contains(relatedTarget)) menu.current.open = false
    },
  }
  return { menu, handlers }
}
