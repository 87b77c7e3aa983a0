'use client'

import { Failure, type FailureProps } from '#components/shell/failure.tsx'

/** Inside the layout, so that the header stays. */
export default function SignedInErrorPage(props: FailureProps) {
  return <Failure {...props} />
}
