'use client'

import { PageError, type PageErrorProps } from '#components/shell/page-error.tsx'

/** Inside the layout, so that the header stays. */
export default function AdminErrorPage(props: PageErrorProps) {
  return <PageError {...props} />
}
