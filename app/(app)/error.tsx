'use client'

import { PageError, type PageErrorProps } from '#components/shell/page-error.tsx'

/** A file of its own, so that the layout keeps its header. */
export default function SignedInErrorPage(props: PageErrorProps) {
  return <PageError {...props} />
}
