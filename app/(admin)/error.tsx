'use client'

import { Failure, type FailureProps } from '#components/shell/failure.tsx'

/** Inside the layout, so that the header stays. */
export default function AdminErrorPage(props: FailureProps) {
  return <Failure {...props} />
}
