'use client'

import { PageError, type PageErrorProps } from '#components/shell/page-error.tsx'

/** Renders inside the layout, so the header stays. */
export default function AdminErrorPage(props: PageErrorProps) {
  return <PageError {...props} />
}
