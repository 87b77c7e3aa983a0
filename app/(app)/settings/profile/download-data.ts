import { requireActor } from '#lib/auth/actor.ts'
import { type AccountData, openAccountData } from '#lib/http/account-data/open-account-data.ts'
import { download } from '#lib/http/download.ts'
import { FAILURES } from '#lib/http/failures.ts'

type Format = {
  extension: string
  contentType: string
  write: (data: AccountData) => AsyncGenerator<string | Uint8Array>
}

/** A file of everything that is stored about the account. */
export async function downloadData({ extension, contentType, write }: Format): Promise<Response> {
  const actor = await requireActor('/settings/profile')
  const data = await openAccountData(actor, { now: new Date() })
  if (!data.ok) {
    const { status, text } = FAILURES[data.error.code]
    const headers = { 'Cache-Control': 'no-store', 'Retry-After': String(data.error.retryAfterSeconds) }
    return new Response(`${text} Try again in an hour.\n`, { status, headers })
  }
  const name = `taskward-${new Date().toISOString().slice(0, 10)}.${extension}`
  return download({ name, contentType, parts: write(data.value) }, actor.client)
}
