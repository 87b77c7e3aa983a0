import { type RefObject, useEffect, useRef, useState } from 'react'
import { usePageForms } from '#components/form/page-forms.tsx'
import { utc } from '#lib/format-date.ts'
import type { Found, Preview } from '#lib/tasks/quick/preview-lines.ts'
import { splitLines } from '#lib/tasks/quick/split-words.ts'
import { dayOf, offsetOf } from '#lib/time-zone.ts'

const DELAY_MS = 150

type Grammar = typeof import('#lib/tasks/quick/preview-lines.ts')

let loaded: Grammar | null = null

type Shown = Preview & {
  /** What is new, for screen readers. */
  news: string
  /** Whether there is room for what was found. It stays while there is text, so that the list moves once. */
  hasRoom: boolean
}

const NOTHING: Shown = { titles: [], found: [], news: '', hasRoom: false }

type QuickPreviewOptions = {
  field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>
  listNames: string[]
  /** Changes when the field gets other text than the user types. */
  content: unknown
  /** Of a form that came back, one text per line. */
  ignoredAtFirst: string
}

/**
 * Reads the field "New task" as the server will, shortly after each change. The grammar loads when the field gets the
 * focus. Without it the server reads the text alone.
 */
export function useQuickPreview({ field, content, listNames, ignoredAtFirst }: QuickPreviewOptions) {
  const timeZone = usePageForms().account?.timeZone
  const [ignored, setIgnored] = useState(() => splitLines(ignoredAtFirst))
  const [shown, setShown] = useState(NOTHING)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  function read({ previewLines }: Grammar, text: string, texts: string[]): Preview {
    const today = dayOf(new Date(), offsetOf(timeZone) ?? utc).toISOString()
    return previewLines(text, { today: today.slice(0, 'YYYY-MM-DD'.length), listNames, ignored: texts })
  }

  async function show(texts: string[], news?: string) {
    const grammar = await loadGrammar()
    const text = field.current?.value
    if (!grammar || !text) return
    // A token that is typed anew is read again.
    const kept = texts.filter((one) => text.includes(one))
    setIgnored(kept)
    const preview = read(grammar, text, kept)
    setShown((last) => ({
      ...preview,
      news: news ?? (namesOfNew(preview.found, last.found) || last.news),
      hasRoom: last.hasRoom || preview.found.length > 0,
    }))
  }

  function clear() {
    clearTimeout(timer.current)
    setIgnored([])
    setShown(NOTHING)
  }

  function onInput() {
    clearTimeout(timer.current)
    if (field.current?.value === '') clear()
    else timer.current = setTimeout(show, DELAY_MS, ignored)
  }

  function ignore({ texts }: Found) {
    clearTimeout(timer.current)
    const all = [...ignored, ...texts]
    // Immediately: the form may be sent next.
    setIgnored(all)
    void show(all, `“${texts.join('”, “')}” stays in the title`)
    field.current?.focus()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: for text that was typed before, was pasted or has come back
  useEffect(() => {
    if (field.current?.value) void show(ignored)
    return () => clearTimeout(timer.current)
  }, [content])

  return {
    ...shown,
    ignored,
    setIgnored,
    /** The titles of the tasks that a text becomes, or its lines if the grammar is not loaded. */
    titlesOf: (text: string) => (loaded ? read(loaded, text, ignored).titles : splitLines(text)),
    ignore,
    clear,
    onInput,
    onFocus: loadGrammar,
  }
}

function namesOfNew(found: Found[], before: Found[]): string {
  const isNew = ({ label }: Found) => !before.some((one) => one.label === label)
  return found
    .filter(isNew)
    .map(({ label }) => label)
    .join(', ')
}

async function loadGrammar(): Promise<Grammar | null> {
  try {
    loaded = await import('#lib/tasks/quick/preview-lines.ts')
  } catch {}
  return loaded
}
