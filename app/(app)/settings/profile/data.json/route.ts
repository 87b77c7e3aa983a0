import { requireActor } from '#lib/auth/actor.ts'
import { accountData } from '#lib/http/account-data.ts'
import { download } from '#lib/http/download.ts'
import { FAILURES } from '#lib/http/failures.ts'

export async function GET(): Promise<Response> {
  const actor = await requireActor('/settings/profile')
  const data = await accountData(actor)
  if (!data.ok) {
    const { status, text } = FAILURES[data.error.code]
    const headers = { 'Cache-Control': 'no-store', 'Retry-After': String(data.error.retryAfterSeconds) }
    return new Response(`${text} Try again in an hour.\n`, { status, headers })
  }
  const name = `taskward-${new Date().toISOString().slice(0, 10)}.json`
  return download({ name, contentType: 'application/json', parts: data.value }, actor.client)
}
