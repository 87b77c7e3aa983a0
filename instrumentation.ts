/** Next.js calls this before the first request, once in the Node process and once in the edge runtime. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { boot } = await import('#lib/boot/boot.ts')
    const { logOutput } = await import('#lib/boot/log-output.ts')
    const { setKnownActions } = await import('#lib/http/before-next/set-known-actions.ts')
    const isProduction = process.env.NODE_ENV === 'production'
    // In development messages stay readable, and the list of actions changes with every edit.
    if (isProduction) {
      logOutput()
      setKnownActions()
    }
    await boot(isProduction)
  }
}

type FailedRequest = { headers: Record<string, string | string[] | undefined> }

export async function onRequestError(error: unknown, { headers }: FailedRequest): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { noteDatabaseError } = await import('#lib/db/outage.ts')
    const { logUnexpected } = await import('#lib/log.ts')
    const { answerUnavailable } = await import('#lib/http/before-next/page-status.ts')
    if (noteDatabaseError(error)) answerUnavailable()
    else logUnexpected(error, String(headers['x-request-id'] ?? ''))
  }
}
