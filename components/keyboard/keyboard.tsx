'use client'

import { useRouter } from 'next/navigation'
import { type ComponentType, useCallback, useEffect, useState } from 'react'
import { mustStay } from '#components/shell/offline-notice.tsx'
import { createMatcher } from './match-shortcut.ts'
import { FIELD_WAIT_MS, type ShortcutId } from './shortcuts.ts'
import { currentRow, findInRow, moveInRow, skipRestOfRows } from './task-rows.ts'

export type DialogProps = {
  onClose: () => void
  /** @returns false if the page has to stay, because there is no network */
  push: (path: string) => boolean
  run: (shortcut: ShortcutId) => void
}

const loadShortcuts = () => import('./run-shortcut.ts')

/** Until when the field or the dialog of the last shortcut may come. Each page has a Keyboard of its own. */
let waitsUntil = 0

/**
 * Runs the shortcuts of a signed-in page. Users can switch them off, because speech input types letters
 * (https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts).
 */
export function Keyboard() {
  const router = useRouter()
  const [Dialog, setDialog] = useState<ComponentType<DialogProps> | null>(null)

  useEffect(() => {
    // Before the first shortcut: after "n", the next keys are text already.
    loadShortcuts().catch(() => {})
  }, [])

  const push = useCallback(
    (path: string) => {
      if (mustStay()) return false
      router.push(path)
      return true
    },
    [router],
  )

  const run = useCallback(
    async (id: ShortcutId) => {
      waitsUntil = performance.now() + FIELD_WAIT_MS
      let isShown = false
      const show = (dialog: ComponentType<DialogProps>) => {
        isShown = true
        setDialog(() => dialog)
      }
      try {
        const { runShortcut } = await loadShortcuts()
        await runShortcut(id, { push, show })
      } catch (error) {
        // A script that does not load without a network.
        if (!mustStay()) throw error
      } finally {
        if (!isShown) waitsUntil = 0
      }
    },
    [push],
  )

  useEffect(() => {
    // The dialog is open: its own effects ran before.
    if (Dialog) waitsUntil = 0
  }, [Dialog])

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
      // What is typed until a field or a dialog appears was meant for it.
      if (performance.now() > waitsUntil) void run(id)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [run])

  return Dialog && <Dialog onClose={() => setDialog(null)} push={push} run={run} />
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
