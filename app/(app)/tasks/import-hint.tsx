import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/text-link.tsx'

export function ImportHint({ children }: { children: ReactNode }) {
  return (
    <>
      {children} You can also <TextLink href="/settings/data">import your tasks</TextLink> from a file.
    </>
  )
}
