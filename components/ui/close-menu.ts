import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'

/** The menu that an element is, or has. */
function menuOf(element: HTMLElement): HTMLDetailsElement | null {
  return element instanceof HTMLDetailsElement ? element : element.querySelector('details')
}

/** Returns the focus to the summary, because the element that has it is hidden now. */
function close(menu: HTMLDetailsElement | null): void {
  if (!menu?.open) return
  menu.open = false
  menu.querySelector('summary')?.focus()
}

export function closeByEscape({ key, currentTarget }: KeyboardEvent<HTMLElement>): void {
  if (key === 'Escape') close(menuOf(currentTarget))
}

/** The page that a menu belongs to does not change by the link to it. */
export function closeByCurrentLink({ target, currentTarget }: MouseEvent<HTMLElement>): void {
  if (target instanceof Element && target.closest('a[aria-current]')) close(menuOf(currentTarget))
}

/** Safari focuses no link that is clicked, so a focus that goes nowhere leaves the menu open for the click. */
export function closeWhenLeft({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>): void {
  const menu = menuOf(currentTarget)
  if (menu && relatedTarget && !currentTarget.contains(relatedTarget)) menu.open = false
}

/** Closes a menu when the page shows something else. @returns a ref for the menu */
export function useClosedMenu(shown: string | undefined) {
  const menu = useRef<HTMLDetailsElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when this value changes
  useEffect(() => () => close(menu.current), [shown])
  return menu
}
