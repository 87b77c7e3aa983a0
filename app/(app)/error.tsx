'use client'

import { PageError, type PageErrorProps } from '#components/shell/page-error.tsx'

/** Inside the layout, so that the header stays. */
export default function SignedInErrorPage(props: PageErrorProps) {
  return <PageError {...props} />
}
