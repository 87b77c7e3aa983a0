'use client'

import { Failure } from '#components/shell/failure'
import { isLoadError, LoadFailure } from '#components/shell/load-failure'
import { SiteHeader } from '#components/shell/site-header'

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void }

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  if (isLoadError(error)) {
    return (
      <>
        <SiteHeader />
        <LoadFailure />
      </>
    )
  }
  return <Failure digest={error.digest} retry={retry} />
}
