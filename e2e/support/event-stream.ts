import { type EventReader, readEvents } from '#lib/testing/event-stream.ts'
import type { Account } from './api.ts'
import { SHARED_SERVER } from './run.ts'

type Opening = { server?: string; query?: string; headers?: Record<string, string> }

/** Opens an account's stream of changes. The caller leaves it. */
export async function openStream(
  { token }: Pick<Account, 'token'>,
  { server = SHARED_SERVER, query = '', headers = {} }: Opening = {},
): Promise<EventReader & { headers: Headers }> {
  const response = await fetch(`${server}/api/me/changes/stream${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
  if (response.status !== 200 || !response.body) {
    throw new Error(`The stream was refused: ${response.status} ${await response.text()}`)
  }
  return { headers: response.headers, ...readEvents(response.body) }
}
