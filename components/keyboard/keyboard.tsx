'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { createMatcher } from './match-shortcut.ts'
import type { ShortcutId } from './shortcuts.ts'
import { currentRow, findInRow, moveInRow, skipRestOfRows } from './task-rows.ts'

const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))
const CommandPalette = lazy(() => import('./command-palette.tsx'))

const loadShortcuts = () => import('./run-shortcut.ts')

/**
 * Runs the shortcuts of a signed-in page. Users can switch them off, because speech input types letters
 * (https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts).
 */
export function Keyboard() {
  const { push } = useRouter()
  const [dialog, show] = useState<'shortcuts' | 'palette' | null>(null)

  useEffect(() => {
    // Before the first shortcut: after "n", the next keys are text already.
    loadShortcuts().catch(() => {})
  }, [])

  const run = useCallback(
    async (id: ShortcutId) => {
      const { runShortcut } = await loadShortcuts()
      runShortcut(id, { push, show })
    },
    [push],
  )

  useEffect(() => {
    const match = createMatcher()
    function onKeyDown(event: KeyboardEvent) {
      if (document.documentElement.dataset.shortcuts === 'off' || event.defaultPrevented) return
      if (event.key === 'Tab') return skipRestOfRows()
      const row = currentRow()
      if (row && moveByArrow(row, event)) return event.preventDefault()
      const id = match(event, { isTyping: isTyping(event) || isInDialog(), isInRow: row !== null })
      if (!id || isHandledByBrowser(event, row)) return
      event.preventDefault()
      void run(id)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [run])

  return (
    <Suspense>
      {dialog === 'shortcuts' && <ShortcutSheet onClose={() => show(null)} />}
      {dialog === 'palette' && <CommandPalette onClose={() => show(null)} push={push} run={run} />}
    </Suspense>
  )
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isText = target instanceof HTMLInputElement && !['checkbox', 'radio', 'submit'].includes(target.type)
  return isText || target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
}

/** React handles keys on the document, too, so no dialog can keep them from it. */
function isInDialog(): boolean {
  return document.querySelector('dialog[open]') !== null
}

/** Space and Enter on a control press that control. The checkbox of a task has only Space. */
function isHandledByBrowser({ key, target }: KeyboardEvent, row: HTMLElement | null): boolean {
  if (key !== ' ' && key !== 'Enter') return false
  const isCheckbox = row !== null && target === findInRow(row, 'checkbox')
  return !(isCheckbox && key === 'Enter')
}

function moveByArrow(row: HTMLElement, { key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (altKey || ctrlKey || metaKey || !/^Arrow(Left|Right)$/.test(key)) return false
  moveInRow(row, key === 'ArrowRight' ? 1 : -1)
  return true
}
