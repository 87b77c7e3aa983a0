import { type ClipboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { splitLines } from '#lib/tasks/quick/split-words.ts'

type Content = { text: string; caret: number; takesFocus: boolean }

/**
 * The field "New task": one line until it gets a text of several lines, and again when it is empty.
 * @param textAtFirst of a form that came back
 */
export function useTaskField(textAtFirst: string) {
  const ref = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const [isSeveral, setSeveral] = useState(hasSeveralLines(textAtFirst))
  const [content, setContent] = useState<Content>()

  // One line and several lines are two elements, so the text follows after the render.
  useLayoutEffect(() => {
    const field = ref.current
    if (!content || !field) return
    field.value = content.text
    if (!content.takesFocus) return
    field.focus()
    field.setSelectionRange(content.caret, content.caret)
  }, [content])

  function replace(text: string, caret = text.length) {
    setSeveral(hasSeveralLines(text))
    setContent({ text, caret, takesFocus: document.activeElement === ref.current })
  }

  /** A field of one line would join the lines. */
  function onPaste(event: ClipboardEvent<HTMLInputElement | HTMLTextAreaElement>) {
    const pasted = event.clipboardData.getData('text').replaceAll('\r\n', '\n')
    if (isSeveral || !hasSeveralLines(pasted)) return
    event.preventDefault()
    const { value, selectionStart, selectionEnd } = event.currentTarget
    const before = value.slice(0, selectionStart ?? undefined) + pasted
    replace(before + value.slice(selectionEnd ?? value.length), before.length)
  }

  return { ref, isSeveral, content, replace, onPaste }
}

function hasSeveralLines(text: string): boolean {
  return splitLines(text).length > 1
}
