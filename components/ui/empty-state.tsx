import type { ReactNode } from 'react'

/** Fills an empty list with what belongs in it and how to add it. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="pt-3 pb-10">
      <p className="font-medium text-lead">{title}</p>
      <div className="mt-1 max-w-prose text-quiet">{children}</div>
    </div>
  )
}
