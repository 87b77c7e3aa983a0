'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react'
import { FORM_FIELD } from '#lib/gate/form-fields.ts'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { PageForms, PageFormsContext, usePageForms } from './page-forms.tsx'

type Kept = {
  /** How often text was restored. */
  count: number
  drafts: ReturnedForm[]
  /** The names of returned forms that were saved or cancelled, so that they are not filled in when they open again. */
  forgotten: string[]
}

/** Later than the page, because the 404 page, which comes with every page, shares its scripts with signed-in pages. */
const withDrafts = <T,>(use: (drafts: typeof import('./typed-drafts.ts')) => T) =>
  import('./typed-drafts.ts').then(use, () => null)

/** The PageForms of a signed-in page. Keeps what is typed, and fills it in when the page is shown again. */
export function KeptForms({ children, ...page }: ComponentProps<typeof PageForms>) {
  return (
    <PageForms {...page}>
      <RestoredForms>{children}</RestoredForms>
    </PageForms>
  )
}

function RestoredForms({ children }: { children: ReactNode }) {
  const page = usePageForms()
  const [{ count, drafts, forgotten }, setKept] = useState<Kept>({ count: 0, drafts: [], forgotten: [] })
  const userId = page.account?.userId ?? ''
  const address = `${usePathname()}?${useSearchParams()}`

  useEffect(() => {
    const keep = ({ target }: Event) => {
      const form = target instanceof Element && target.closest('form')
      if (form) void withDrafts(({ keepDraft }) => keepDraft(form))
    }
    document.addEventListener('input', keep)
    return () => document.removeEventListener('input', keep)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each address has drafts of its own
  useEffect(() => {
    let hasLeft = false
    void withDrafts(({ restoreDrafts }) => {
      const fill = (found: ReturnedForm[]) =>
        setKept((last) => ({ count: last.count + 1, drafts: found, forgotten: [] }))
      if (!hasLeft) restoreDrafts(userId, fill)
    })
    return () => {
      hasLeft = true
    }
  }, [userId, address])

  const isServed = ({ form }: ReturnedForm) => page.returned.some((one) => one.form === form)
  const all = [...page.returned, ...drafts.filter((draft) => !isServed(draft))]
  const returned = all.filter(({ form }) => !forgotten.includes(form))

  function forget(sent: FormData) {
    void withDrafts(({ forgetDraft }) => forgetDraft(sent))
    const name = String(sent.get(FORM_FIELD))
    const isReturned = returned.some(({ form }) => form === name)
    if (isReturned) setKept((last) => ({ ...last, forgotten: [...last.forgotten, name] }))
  }

  // Forms read their initial values from this context, so a new key remounts them with the restored text.
  return (
    <PageFormsContext key={count} value={{ ...page, returned, forget }}>
      {children}
    </PageFormsContext>
  )
}
