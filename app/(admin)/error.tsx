'use client'

import { Failure, type FailureProps } from '#components/shell/failure'

/** Below the layout, which has the header. */
export default function AdminErrorPage(props: FailureProps) {
  return <Failure {...props} />
}
