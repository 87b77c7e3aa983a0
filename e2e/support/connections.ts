import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

export type Status = number | string

/** Sends a GET on a connection of its own, without a retry. @returns the status, or the code of a broken connection */
export async function getStatus(url: string, token?: string): Promise<Status> {
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const call = request(url, { agent: false, headers }).end()
  try {
    const [answer] = (await once(call, 'response')) as [IncomingMessage]
    await once(answer.resume(), 'end')
    return answer.statusCode ?? 0
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** Several at a time, so that every process of a server accepts some. */
export function getStatuses(count: number, url: string, token?: string): Promise<Status[]> {
  return Promise.all(Array.from({ length: count }, () => getStatus(url, token)))
}
