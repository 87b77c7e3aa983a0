/** Next calls this once per server process, before the first request, and in the edge runtime too, where it does nothing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { boot } = await import('#lib/boot/boot.ts')
    const { logOutput } = await import('#lib/boot/log-output.ts')
    const { setKnownActions } = await import('#lib/http/before-next/set-known-actions.ts')
    const isProduction = process.env.NODE_ENV === 'production'
    // Developers read the messages, and make new actions all the time.
    if (isProduction) {
      logOutput()
      setKnownActions()
    }
    await boot(isProduction)
  }
}

type FailedRequest = { headers: Record<string, string | string[] | undefined> }

/** Next calls this for every error that no code of ours has caught, such as those of rendering. */
export async function onRequestError(error: unknown, { headers }: FailedRequest): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { noteDatabaseError } = await import('#lib/db/outage.ts')
    const { logUnexpected } = await import('#lib/log.ts')
    if (!noteDatabaseError(error)) logUnexpected(error, String(headers['x-request-id'] ?? ''))
  }
}
